"""Residents give a birth date in parts, staff on one line; nothing typed is lost."""

from datetime import date

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from accounts.models import ResidentProfile
from courses.models import Requirement, RunQuestion
from enrollments.models import Application, Participant
from tests.cms.sent_form import as_shown
from tests.enrollments.application_form import address_of, companion, filled
from tests.enrollments.back_office import officer_of
from tests.factories import NOON, UserFactory
from tests.pages import build_site

pytestmark = pytest.mark.django_db
BORN = {"birth_date_era": "昭和", "birth_date_year": "29"} | {
    "birth_date_month": "3",
    "birth_date_day": "2",
}


@pytest.fixture(autouse=True)
def _noon(db):
    cache.clear()
    build_site()
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def run(run):
    Requirement.objects.create(run=run, kind="age", min_age=18, everybody=True)
    run.max_participants = 3
    run.save()
    return run


def test_year_of_an_era_is_kept_as_its_day(client, run):
    assert client.post(address_of(run), filled(**BORN)).status_code == 302
    assert Participant.objects.get().birth_date == date(1954, 3, 2)


def test_page_asks_for_parts_that_a_browser_can_fill_in(client, run):
    page = client.get(address_of(run)).content.decode()

    for token in ("bday-year", "bday-month", "bday-day"):
        assert f'autocomplete="{token}"' in page
    assert 'type="date"' not in page


def test_parts_travel_through_every_step(client, run):
    RunQuestion.objects.create(run=run, kind="text", label="経験")
    address = address_of(run)
    come = {f"companion1-{name}": value for name, value in BORN.items()}
    sent = filled(**BORN, **companion(1, "山田", "太郎", "ヤマダ", "タロウ"), **come)
    needs = client.post(address, sent | {"step": "needs"})
    check = client.post(address, as_shown(needs) | {"step": "check"})

    assert check.content.decode().count("1954年3月2日生まれ") == 2
    assert client.post(address, as_shown(check) | {"step": "send"}).status_code == 302
    days = {one.birth_date for one in Participant.objects.all()}
    assert days == {date(1954, 3, 2)}


def test_what_is_wrong_is_said_and_what_was_typed_is_shown(client, run):
    page = client.post(address_of(run), filled(**BORN | {"birth_date_month": ""}))

    assert page.status_code == 422
    assert "生年月日の「月」を数字で入力してください。" in page.content.decode()
    shown = as_shown(page)
    assert (shown["birth_date_era"], shown["birth_date_year"]) == ("昭和", "29")


def test_day_to_come_is_refused(client, run):
    page = client.post(address_of(run), filled(birth_date="2999-01-01"))
    assert "生年月日を確認してください。" in page.content.decode()


def test_known_day_is_shown_in_its_parts(client, run):
    taro = UserFactory()
    ResidentProfile.objects.create(user=taro, birth_date=date(1954, 3, 2))
    client.force_login(taro)

    shown = as_shown(client.get(address_of(run)))
    parts = [shown[f"birth_date_{part}"] for part in ("era", "year", "month", "day")]
    assert parts == ["", "1954", "3", "2"]


def test_companion_taken_out_takes_its_parts_along(client, run):
    two = companion(1, "山田", "太郎", "ヤマダ", "タロウ")
    two |= companion(2, "佐藤", "恵", "サトウ", "メグミ")
    two |= {"companion2-birth_date_year": "1960", "companions": "2"}
    page = client.post(address_of(run), filled(**BORN, **two) | {"step": "remove:1"})

    shown = as_shown(page)
    assert shown["companion1-family_name"] == "佐藤"
    assert shown["companion1-birth_date_year"] == "1960"


def test_staff_type_it_on_one_line(client, run):
    client.force_login(officer_of(run.course.department))
    address = reverse("manage_application_new", args=[run.code])
    form = as_shown(client.get(address)) | {
        "family_name": "山田",
        "given_name": "花子",
        "family_name_kana": "ヤマダ",
        "given_name_kana": "ハナコ",
        "phone": "0420-12-3456",
        "birth_date": "S290302",
    }
    page = client.post(address, form, follow=True)

    assert page.status_code == 200
    assert Application.objects.get().participants.get().birth_date == date(1954, 3, 2)


def test_answered_date_is_read_as_a_date(client, run):
    question = RunQuestion.objects.create(run=run, kind="date", label="来た日")
    client.post(
        address_of(run), filled(**BORN, **{f"question_{question.pk}": "2026-04-05"})
    )
    client.force_login(officer_of(run.course.department))

    pk = Application.objects.get().pk
    page = client.get(reverse("manage_application", args=[pk])).content.decode()
    assert "2026年4月5日" in page
    assert "2026-04-05" not in page
