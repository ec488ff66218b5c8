"""A form sent again with another name, and exceptions that nobody may make."""

from dataclasses import replace
from datetime import date

import pytest
import time_machine
from django.core.cache import cache

from accounts.domain.refusal import NotAllowed
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.audit import differences
from enrollments.domain.refusals import SamePersonTwice
from enrollments.forms.person import PersonForm
from enrollments.models import Application, ApplicationDraft
from tests.enrollments.application_form import address_of, companion, filled
from tests.enrollments.requests import HANAKO, TARO, request_by
from tests.factories import NOON, StaffProfileFactory
from tests.pages import build_site


@pytest.fixture(autouse=True)
def _site(db):
    cache.clear()
    build_site()


def test_form_sent_again_with_another_name_is_another_application(run, now):
    """A mother goes back after sending and puts the second child's name in."""
    form = request_by(HANAKO)
    first = apply_for_seat(run=run, request=form, by=None, at=now)
    changed = replace(form, applicant=TARO)

    second = apply_for_seat(run=run, request=changed, by=None, at=now)
    again = apply_for_seat(run=run, request=changed, by=None, at=now)

    assert second.full_name == "佐藤 太郎"
    assert again == second
    assert apply_for_seat(run=run, request=form, by=None, at=now) == first
    assert Application.objects.count() == 2
    assert differences() == []


@pytest.mark.parametrize("reason", ["override_reason", "namesake_reason"])
def test_only_the_section_makes_exceptions(run, now, hanako, officer, reason):
    why = {reason: "特別"}
    for by in (None, hanako, StaffProfileFactory().user):
        with pytest.raises(NotAllowed):
            apply_for_seat(run=run, request=request_by(TARO), by=by, at=now, **why)
    assert not Application.objects.exists()

    apply_for_seat(run=run, request=request_by(TARO), by=officer, at=now, **why)
    assert Application.objects.count() == 1


def test_nobody_is_counted_twice_in_a_party(run, now):
    run.max_participants = 3
    run.save()
    twice = request_by(HANAKO, companions=(TARO, HANAKO))
    with pytest.raises(SamePersonTwice):
        apply_for_seat(run=run, request=twice, by=None, at=now)

    born = replace(HANAKO, birth_date=date(1960, 4, 1))
    namesake = replace(HANAKO, birth_date=date(1990, 4, 1))
    party = request_by(born, companions=(namesake,))
    assert apply_for_seat(run=run, request=party, by=None, at=now).seats == 2


def test_oneself_as_a_companion_is_told_before_sending(client, run):
    run.max_participants = 2
    run.save()
    own = companion(1, "山田", "花子", "ヤマダ", "ハナコ")

    with time_machine.travel(NOON, tick=False):
        response = client.post(address_of(run), filled(step="check", **own))

    assert response.status_code == 409
    assert "同じ方が二人分入力されています。" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "is_taken"),
    [
        ("https://evil.example/", False),
        ("WWW.evil.example", False),
        ("evil.example/win", False),
        ("a@evil.example", False),
        ("St.John", True),
        ("J. R.", True),
        ("髙𠮷", True),
    ],
)
def test_a_name_carries_no_address_into_mails(name, is_taken):
    said = filled(family_name=name)
    assert ("family_name" not in PersonForm(said).errors) == is_taken


def test_flood_without_cookies_fills_no_table(client, run, settings):
    settings.RULES_OF_USE = {**settings.RULES_OF_USE, "draft": "2/10m"}
    cache.clear()
    with time_machine.travel(NOON, tick=False):
        for _attempt in range(4):
            client.cookies.clear()
            response = client.post(address_of(run), filled(step="check"))
            assert response.status_code == 200

    assert ApplicationDraft.objects.count() == 2
