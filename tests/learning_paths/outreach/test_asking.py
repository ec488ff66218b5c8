"""Asking for a lecture: enough people, a proper purpose, dates that can be wished."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from accounts.domain.refusal import NotAllowed
from enrollments.enums import Channel
from enrollments.models import Notification
from learning_paths.domain.outreach.asking import ask_for_outreach, enter_outreach
from learning_paths.domain.outreach.menu import Terms, menu, put_on_menu
from learning_paths.domain.outreach.refusals import (
    DateMissing,
    NotAnOutreachCourse,
    NotAtThatTime,
    NotOnThatDay,
    NotOnTheMenu,
    NotProper,
    NoWayToTell,
    SameDateTwice,
    TooFewPeople,
    TooSoon,
)
from learning_paths.domain.refusals import NotAMember
from learning_paths.models import OutreachEntry, OutreachRequest
from tests.factories import NOON, CourseFactory, StaffProfileFactory
from tests.learning_paths.outreach.conftest import ASKED, FIRST, SECOND

pytestmark = pytest.mark.django_db


def _ask(entry, **changes):
    said = replace(ASKED, **changes)
    return ask_for_outreach(entry=entry, asked=said, by=None, at=NOON, form_key=uuid4())


def test_request_is_kept_with_its_dates_and_told(asked):
    assert asked.state == "received"
    assert [one.starts_at for one in asked.dates.all()] == [FIRST, SECOND]
    assert asked.dates.all()[0].ends_at == FIRST + timedelta(minutes=60)
    message = Notification.objects.get()
    assert (message.recipient, asked.number in message.body) == ("keiko@example.jp", True)
    assert [move.to_state for move in asked.moves.all()] == ["received"]


def test_same_form_twice_is_one_request(entry):
    key = uuid4()
    said = {"entry": entry, "asked": ASKED, "by": None, "at": NOON, "form_key": key}
    assert ask_for_outreach(**said) == ask_for_outreach(**said)
    assert OutreachRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"people": 9}, TooFewPeople),
        ({"is_proper": False}, NotProper),
        ({"phone": "", "email": ""}, NoWayToTell),
        ({"starts": ()}, DateMissing),
        ({"starts": (FIRST, FIRST)}, SameDateTwice),
        ({"starts": (NOON + timedelta(days=9),)}, TooSoon),
        ({"starts": (FIRST + timedelta(days=5),)}, NotOnThatDay),
        ({"starts": (FIRST + timedelta(hours=6, minutes=1),)}, NotAtThatTime),
        ({"starts": (FIRST - timedelta(hours=1, minutes=1),)}, NotAtThatTime),
    ],
)
def test_what_the_rules_refuse(entry, changes, refusal):
    with pytest.raises(refusal):
        _ask(entry, **changes)
    assert not OutreachRequest.objects.exists()


def test_limits_themselves_are_fine(entry):
    ends_at_five = FIRST + timedelta(hours=6)
    nine = FIRST - timedelta(hours=1)
    assert _ask(entry, people=10, starts=(ends_at_five, nine)).state == "received"


def test_database_refuses_too_few_people(asked):
    rows = OutreachRequest.objects.filter(pk=asked.pk)
    with (
        pytest.raises(IntegrityError, match="outreach_keeps_enough_people"),
        transaction.atomic(),
    ):
        rows.update(people=9)
    assert rows.update(people=10) == 1
    asked.pk, asked.people = None, 9
    asked.public_id, asked.form_key = uuid4(), uuid4()
    with (
        pytest.raises(IntegrityError, match="outreach_has_enough_people"),
        transaction.atomic(),
    ):
        asked.save(force_insert=True)


def test_raised_minimum_asks_nothing_of_earlier_requests(asked, entry):
    OutreachEntry.objects.update(minimum_people=30)
    assert OutreachRequest.objects.update(purpose="防災") == 1


def test_only_what_is_on_the_menu_can_be_asked_for(entry):
    OutreachEntry.objects.update(is_offered=False)
    assert list(menu()) == []
    with pytest.raises(NotOnTheMenu):
        _ask(entry)


def test_for_a_registered_group_its_members_ask(entry, group, member, taro):
    said = {"entry": entry, "asked": replace(ASKED, group=group), "at": NOON}
    assert ask_for_outreach(by=member.user, form_key=uuid4(), **said).group == group
    with pytest.raises(NotAMember):
        ask_for_outreach(by=taro, form_key=uuid4(), **said)


def test_section_enters_who_telephoned(entry, officer):
    soon = NOON + timedelta(days=2)
    said = replace(ASKED, email="", starts=(soon,))
    entered = {"entry": entry, "asked": said, "channel": Channel.PHONE, "at": NOON}
    request = enter_outreach(by=officer, form_key=uuid4(), **entered)

    assert (request.channel, request.entered_by) == ("phone", officer)
    message = Notification.objects.get()
    assert message.state == "by_hand"
    assert "0420-11-2233" in message.body
    with pytest.raises(NotAllowed):
        enter_outreach(by=StaffProfileFactory().user, form_key=uuid4(), **entered)


def _terms() -> Terms:
    entry = OutreachEntry()
    names = [name for name in Terms.__dataclass_fields__ if name != "minimum_people"]
    return Terms(**{name: getattr(entry, name) for name in names}, minimum_people=5)


def test_section_keeps_its_menu(entry, officer):
    put_on_menu(course=entry.course, terms=_terms(), by=officer)
    assert OutreachEntry.objects.get().minimum_people == 5
    with pytest.raises(NotAllowed):
        put_on_menu(course=entry.course, terms=_terms(), by=StaffProfileFactory().user)


def test_menu_holds_outreach_courses_only(officer):
    course = CourseFactory(department=officer.staff_profile.department)
    with pytest.raises(NotAnOutreachCourse):
        put_on_menu(course=course, terms=_terms(), by=officer)
    with (
        pytest.raises(IntegrityError, match="outreach_entry_is_outreach"),
        transaction.atomic(),
    ):
        OutreachEntry.objects.create(course=course)
