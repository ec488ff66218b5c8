"""Accepting, proposing, choosing, declining; what becomes a run, and how it ends."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.domain.refusal import NotAllowed
from courses.domain.offering import SessionRefused
from courses.models import CourseRun
from enrollments.domain.calling_off import cancel_run_and_tell
from enrollments.models import Notification
from learning_paths.domain.outreach.accepting import Arranged, accept_date, choose_date
from learning_paths.domain.outreach.answering import (
    decline_outreach,
    propose_dates,
    wish_other_dates,
    withdraw_outreach,
)
from learning_paths.domain.outreach.desk import requests_of, to_do
from learning_paths.domain.outreach.duties import (
    expire_proposals,
    follow_runs,
    forget_contacts,
    remind_to_choose,
)
from learning_paths.domain.outreach.ending import cancel_outreach, note_held
from learning_paths.domain.outreach.refusals import (
    ChoiceOver,
    DateIsOver,
    NoLongerPossible,
    NoSuchStep,
    NotProposed,
    NotYetHeld,
    ReasonMissing,
)
from learning_paths.domain.outreach.states import MOVES, OVER
from learning_paths.enums import OutreachState
from learning_paths.models import OutreachMove, OutreachRequest
from tests.factories import (
    NOON,
    CourseRunFactory,
    InstructorFactory,
    RoomFactory,
    SessionFactory,
    StaffProfileFactory,
)
from tests.learning_paths.outreach.conftest import FIRST, OTHER, SECOND

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


def _told(what: str) -> int:
    return Notification.objects.filter(subject__contains=what).count()


@pytest.fixture
def proposed(asked, officer) -> OutreachRequest:
    return propose_dates(
        request=asked, starts=[OTHER], words="この日なら行けます。", by=officer, at=NOON
    )


@pytest.fixture
def accepted(asked, officer) -> OutreachRequest:
    return accept_date(request=asked, date=asked.dates.first(), by=officer, at=NOON)


def test_accepted_date_becomes_a_run(asked, officer):
    for _time in range(2):
        accept_date(request=asked, date=asked.dates.first(), by=officer, at=NOON)

    run = CourseRun.objects.get()
    session = run.sessions.get()
    asked.refresh_from_db()
    assert (asked.state, asked.run) == ("accepted", run)
    assert (run.state, run.label, session.starts_at) == ("planned", "東町自治会", FIRST)
    assert _told("日が決まりました") == 1


def test_run_is_shown_to_nobody_else(accepted):
    assert not CourseRun.objects.public().exists()


def test_room_of_the_city_is_booked_as_usual(asked, officer):
    room = RoomFactory()
    SessionFactory(room=room, starts_at=FIRST, ends_at=FIRST + timedelta(hours=1))
    date, arranged = asked.dates.first(), Arranged(room=room)
    with pytest.raises(SessionRefused):
        accept_date(request=asked, date=date, arranged=arranged, by=officer, at=NOON)
    assert OutreachRequest.objects.get().state == "received"

    second = asked.dates.last()
    accept_date(request=asked, date=second, arranged=arranged, by=officer, at=NOON)
    assert CourseRun.objects.get(outreach_request=asked).sessions.get().room == room


def test_other_section_decides_nothing(asked):
    stranger = StaffProfileFactory().user
    for act in (
        lambda who: accept_date(date=asked.dates.first(), **who),
        lambda who: propose_dates(starts=[OTHER], words="", **who),
        lambda who: decline_outreach(why="いいえ", **who),
    ):
        with pytest.raises(NotAllowed):
            act({"request": asked, "by": stranger, "at": NOON})
    assert list(requests_of(stranger)) == []


def test_requester_chooses_a_proposed_date(proposed):
    assert _told("日程のご相談") == 1
    date = proposed.dates.get(starts_at=OTHER)
    for _time in range(2):
        chosen = choose_date(request=proposed, date=date, by=None, at=LATER)
    assert (chosen.state, chosen.run.sessions.get().starts_at) == ("accepted", OTHER)
    assert _told("日が決まりました") == 1


def test_only_dates_of_the_last_round_can_be_chosen(proposed):
    with pytest.raises(NotProposed):
        choose_date(request=proposed, date=proposed.dates.first(), by=None, at=LATER)


def test_choice_ends_with_its_deadline(proposed):
    date = proposed.dates.get(starts_at=OTHER)
    assert remind_to_choose(at=NOON + timedelta(days=6)) == 1
    assert remind_to_choose(at=NOON + timedelta(days=6)) == 1
    assert _told("日を選んでください") == 1

    week = NOON + timedelta(days=7)
    with pytest.raises(ChoiceOver):
        choose_date(request=proposed, date=date, by=None, at=week + timedelta(minutes=1))
    assert (expire_proposals(at=week), expire_proposals(at=week)) == (1, 0)
    with pytest.raises(ChoiceOver):
        choose_date(request=proposed, date=date, by=None, at=week)
    assert _told("日が決まっていません") == 1


def test_instructor_taken_meanwhile_is_said_to_the_requester(proposed, entry):
    person = InstructorFactory()
    entry.course.instructors.add(person)
    taken = SessionFactory(starts_at=OTHER, ends_at=OTHER + timedelta(hours=1))
    taken.teaching.create(instructor=person)
    with pytest.raises(NoLongerPossible):
        choose_date(
            request=proposed, date=proposed.dates.get(starts_at=OTHER), by=None, at=LATER
        )
    assert OutreachRequest.objects.get().state == "proposed"


def test_colleague_stands_in_for_an_officer_who_left(proposed, officer):
    colleague = StaffProfileFactory(department=officer.staff_profile.department).user
    officer.staff_profile.delete()
    date = proposed.dates.get(starts_at=OTHER)
    chosen = choose_date(request=proposed, date=date, by=None, at=LATER)
    assert chosen.run.created_by == colleague


def test_requester_wishes_other_dates(proposed, officer):
    back = wish_other_dates(
        request=proposed, starts=[SECOND], message="午前がよいです。", by=None, at=LATER
    )
    assert (back.state, to_do(officer, at=LATER)) == ("received", 1)
    accept_date(request=back, date=back.dates.last(), by=officer, at=LATER)
    assert CourseRun.objects.get().sessions.get().starts_at == SECOND


def test_declined_with_a_reason_only(asked, officer):
    with pytest.raises(ReasonMissing):
        decline_outreach(request=asked, why=" ", by=officer, at=NOON)
    decline_outreach(request=asked, why="職員が足りません。", by=officer, at=NOON)
    assert _told("お受けできません") == 1
    with pytest.raises(NoSuchStep):
        withdraw_outreach(request=asked, by=None, at=NOON)


def test_proposals_are_to_come(asked, officer):
    with pytest.raises(DateIsOver):
        propose_dates(request=asked, starts=[NOON], words="", by=officer, at=NOON)


def test_withdrawn_before_anything_is_arranged(asked, accepted):
    with pytest.raises(NoSuchStep):
        withdraw_outreach(request=accepted, by=None, at=NOON)


def test_held_is_noted_afterwards(accepted, officer):
    said = {"request": accepted, "people_came": 14, "by": officer}
    with pytest.raises(NotYetHeld):
        note_held(at=FIRST, **said)
    after = FIRST + timedelta(hours=1)
    assert to_do(officer, at=after) == 1
    assert note_held(at=after, **said).people_came == 14
    assert to_do(officer, at=after) == 0


def test_called_off_with_its_run(accepted, officer):
    cancel_outreach(request=accepted, why="台風のため", by=officer, at=LATER)
    assert CourseRun.objects.get().state == "cancelled"
    assert OutreachRequest.objects.get().state == "cancelled"
    assert _told("中止になりました") == 1


def test_run_called_off_on_its_own_page_is_followed(accepted, officer):
    cancel_run_and_tell(run=accepted.run, reason="講師の病気", by=officer, at=LATER)
    assert (follow_runs(at=LATER), follow_runs(at=LATER)) == (1, 0)
    ended = OutreachRequest.objects.get()
    assert (ended.state, ended.answer) == ("cancelled", "講師の病気")


def test_moved_session_is_told_once(accepted):
    accepted.run.sessions.update(
        starts_at=SECOND, ends_at=SECOND + timedelta(hours=1), sequence=1
    )
    assert (follow_runs(at=LATER), follow_runs(at=LATER)) == (1, 0)
    assert _told("日時が変わりました") == 1


def test_database_keeps_accepted_and_its_run_together(asked, accepted):
    rows = OutreachRequest.objects.filter(pk=asked.pk)
    with (
        pytest.raises(IntegrityError, match="outreach_accepted_is_a_run"),
        transaction.atomic(),
    ):
        rows.update(run=None)
    other = CourseRunFactory()
    with (
        pytest.raises(IntegrityError, match="outreach_run_is_of_its_course"),
        transaction.atomic(),
    ):
        rows.update(run=other)
    assert rows.update(people_came=3) == 1


def test_state_moves_with_its_trace_only(asked):
    rows = OutreachRequest.objects.filter(pk=asked.pk)
    with (
        pytest.raises(IntegrityError, match="outreach_moves_with_its_trace"),
        transaction.atomic(),
    ):
        rows.update(state="withdrawn")
    with (
        pytest.raises(IntegrityError, match="outreach_trace_is_not_rewritten"),
        transaction.atomic(),
    ):
        OutreachMove.objects.update(why="other")


def test_contacts_are_forgotten_a_year_after_the_fiscal_year(asked):
    withdraw_outreach(request=asked, by=None, at=NOON)
    assert forget_contacts(at=NOON.replace(year=2028, month=3, day=31)) == 0
    assert forget_contacts(at=NOON.replace(year=2028, month=4, day=1)) == 1
    forgotten = OutreachRequest.objects.get()
    assert (forgotten.phone, forgotten.email, forgotten.people) == ("", "", 12)


def test_table_names_every_state_and_ends():
    assert set(MOVES) == set(OutreachState)
    assert set(OVER) == {"declined", "withdrawn", "done", "cancelled"}
