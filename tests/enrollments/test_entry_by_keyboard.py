"""A pile of postcards: what a clerk touches, what warns, what is in time."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from courses.models import RunQuestion, SupportOffer
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.duplicates import look_alikes
from enrollments.enums import Channel, Likeness
from enrollments.models import Application
from tests.cms.sent_form import as_shown
from tests.enrollments.back_office import officer_of
from tests.enrollments.requests import HANAKO, TARO, request_by
from tests.factories import NOON, GroupFactory, SeatPoolFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def officer(client, department):
    user = officer_of(department)
    client.force_login(user)
    return user


def _address(run) -> str:
    return reverse("manage_application_new", args=[run.code])


def _card(**changes: object) -> dict[str, object]:
    said = {
        "channel": "postcard",
        "received_at": "2026-11-20T09:30",
        "family_name": "山田",
        "given_name": "花子",
        "family_name_kana": "やまだ",
        "given_name_kana": "はなこ",
        "phone": "0420-12-3456",
        "submission_key": str(uuid4()),
    }
    return said | changes


def test_second_card_of_a_pile_takes_four_fields_and_one_press(client, officer, run):
    first = client.post(_address(run), _card(), follow=True)
    form = as_shown(first)
    # the readings and the town fill themselves in (tests/browser/test_applying.py)
    by_itself = {"family_name_kana": "サトウ", "given_name_kana": "タロウ"}
    touched = {
        "family_name": "佐藤",
        "given_name": "太郎",
        "postal_code": "180-0022",
        "address": "東京都武蔵野市境1-2-3",
    }

    response = client.post(_address(run), form | by_itself | touched)

    assert (response.status_code, len(touched)) == (302, 4)
    second = Application.objects.order_by("pk").last()
    assert (second.channel, second.receipt_number) == (
        Channel.POSTCARD,
        "261120-093000-002",
    )


def test_only_what_the_run_needs_is_on_the_page(client, officer, run):
    shown = as_shown(client.get(_address(run)))

    for name in ("postmarked_on", "session", "pool", "department", "group", "birth_date"):
        assert name not in shown


@pytest.mark.parametrize(
    ("rule", "extra", "status"),
    [
        ("arrival", {}, 422),
        ("arrival", {"postmarked_on": "2026-11-18"}, 422),
        ("arrival", {"override_reason": "郵便の遅れ"}, 302),
        ("postmark", {"postmarked_on": "2026-11-18"}, 302),
        ("postmark", {"postmarked_on": "2026-11-20"}, 422),
        ("postmark", {}, 422),
    ],
)
def test_card_after_the_deadline(client, officer, run, rule, extra, status):
    run.paper_deadline, run.paper_rule = NOON.date() - timedelta(days=2), rule
    run.save()

    response = client.post(_address(run), _card(**extra))

    assert response.status_code == status
    assert Application.objects.exists() is (status == 302)


def test_card_within_its_own_deadline_is_taken_after_the_web_has_closed(
    client, officer, run
):
    run.applications_close_at = NOON - timedelta(days=5)
    run.paper_deadline = NOON.date()
    run.save()

    assert client.post(_address(run), _card(channel="phone")).status_code == 422
    assert client.post(_address(run), _card()).status_code == 302


@pytest.mark.parametrize(
    ("known", "likeness"),
    [
        ({"phone": "0420123456"}, Likeness.NAME_AND_PHONE),
        ({"address": "緑町1-2 3"}, Likeness.NAME_AND_ADDRESS),
        ({"phone": "0420-99-9999"}, Likeness.NAME),
    ],
)
def test_same_reading_is_told_with_what_else_is_alike(run, now, known, likeness):
    apply_for_seat(run=run, request=request_by(HANAKO, **known), by=None, at=now)
    card = request_by(HANAKO, phone="0420-12-3456", address="緑町1-23", email="")

    alike = look_alikes(run_pk=run.pk, request=card)
    assert [one.likeness for one in alike] == [likeness]


def test_same_telephone_of_another_name_is_told_and_other_people_are_not(run, now):
    family = request_by(TARO, phone="0420-12-3456")
    apply_for_seat(run=run, request=family, by=None, at=now)

    alike = look_alikes(run_pk=run.pk, request=request_by(HANAKO, phone="０４２０-12-3456"))
    assert [one.likeness for one in alike] == [Likeness.PHONE]
    assert look_alikes(run_pk=run.pk, request=request_by(HANAKO, phone="0420-1-1")) == []


def test_look_alike_is_shown_once_and_does_not_block(client, officer, run, now):
    family = request_by(TARO, phone="0420-12-3456")
    first = apply_for_seat(run=run, request=family, by=None, at=now)

    warned = client.post(_address(run), _card())
    page = warned.content.decode()
    assert warned.status_code == 409
    assert first.receipt_number in page
    assert "電話番号が同じ（お名前は別）" in page
    assert Application.objects.count() == 1

    assert client.post(_address(run), as_shown(warned)).status_code == 302
    assert Application.objects.count() == 2


def test_condition_not_met_asks_for_a_reason(client, officer, run):
    run.requirements.create(kind="residency", residencies=["resident"])

    refused = client.post(_address(run), _card(residency="other"))
    assert list(refused.context["form"].errors) == ["override_reason"]
    assert client.post(_address(run), _card(residency="resident")).status_code == 302


def test_answers_and_wishes_of_a_card_are_kept(client, officer, run):
    asked = RunQuestion.objects.create(run=run, kind="text", label="経験", is_required=True)
    SupportOffer.objects.create(run=run, kind="sign_language")
    card = _card(
        **{f"question_{asked.pk}": "2年"}, support="sign_language", other_wish="前の席"
    )

    client.post(_address(run), card)

    entered = Application.objects.get()
    assert entered.answers.get().value == "2年"
    wishes = entered.support_requests.order_by("kind").values_list("kind", "needs")
    assert list(wishes) == [("other", "前の席"), ("sign_language", "")]


def test_card_that_leaves_a_question_out_is_taken(client, officer, run):
    RunQuestion.objects.create(run=run, kind="text", label="経験", is_required=True)

    assert client.post(_address(run), _card()).status_code == 302


def test_chosen_session_is_offered_again_for_the_next_card(client, officer, run):
    first = run.sessions.get()
    run.chooses_session = True
    run.pools.all().delete()
    run.save()
    later = SessionFactory(run=run, number=2, starts_at=NOON + timedelta(days=20))
    for session in (first, later):
        SeatPoolFactory(run=run, session=session)

    response = client.post(_address(run), _card(session=later.pk), follow=True)

    assert Application.objects.get().pool.session == later
    assert as_shown(response)["session"] == str(later.pk)


def test_group_that_sent_a_card_is_named(client, officer, run):
    run.pools.update(kind="groups")
    GroupFactory(code="river", name="川の会")

    assert client.post(_address(run), _card()).status_code == 422
    client.post(_address(run), _card(group="river"))
    assert Application.objects.get().group_name == "川の会"


def test_receipt_is_printed_for_the_section_only(client, officer, run, django_user_model):
    client.post(_address(run), _card())
    entered = Application.objects.get()
    address = reverse("manage_application_receipt", args=[entered.pk])

    page = client.get(address).content.decode()
    assert entered.receipt_number in page
    assert "山田 花子 様" in page
    client.force_login(officer_of(type(run.course.department).objects.create(code="x")))
    assert client.get(address).status_code == 403
