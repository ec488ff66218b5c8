"""選考: notes stay in the section, and all are decided at once."""

from datetime import timedelta

import pytest
import time_machine

from accounts.domain.refusal import NotAllowed
from courses.domain.refusals import ChangedMeanwhile
from enrollments.domain import screening
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.audit import differences
from enrollments.domain.drawing.refusals import ResultsComeLater, StillOpen
from enrollments.domain.refusals import MoveNotAllowed
from enrollments.domain.screening import decide, note_verdict, screening_plan
from enrollments.enums import ApplicationState as State
from enrollments.enums import MessageKind, ScreeningVerdict
from enrollments.models import Application, Notification, ScreeningNote
from tests.enrollments.back_office import officer_of
from tests.enrollments.requests import HANAKO, JIRO, TARO, request_by
from tests.factories import StaffProfileFactory

pytestmark = pytest.mark.django_db
ACCEPT, WAIT, REFUSE = ScreeningVerdict
SECRET_NOTE = "志望の動機がはっきりしている"


@pytest.fixture
def run(run):
    run.selection_mode = "screening"
    run.screening_criteria = "はじめての方を優先"
    run.save()
    return run


@pytest.fixture
def people(run, now) -> list[Application]:
    return [
        apply_for_seat(run=run, request=request_by(one), by=None, at=now)
        for one in (HANAKO, TARO, JIRO)
    ]


@pytest.fixture
def closed(run):
    return run.applications_close_at


def _note(application, verdict, officer, at, note="") -> ScreeningNote:
    return note_verdict(
        application=application, verdict=verdict, note=note, by=officer, at=at
    )


def _note_all(people, officer, at, verdicts) -> None:
    for one, verdict in zip(people, verdicts, strict=True):
        _note(one, verdict, officer, at, SECRET_NOTE)


def _decide(run, officer, at, **more):
    return decide(run=run, seen=screening_plan(run).seen, by=officer, at=at, **more)


def _states(people) -> list[str]:
    return [Application.objects.get(pk=one.pk).state for one in people]


def test_all_are_decided_and_told_at_once(run, people, officer, closed):
    _note_all(people, officer, closed, [ACCEPT, WAIT, REFUSE])

    plan = _decide(run, officer, closed, told="定員を超えたため")

    assert (plan.accepted, plan.waiting, plan.refused) == (1, 1, 1)
    assert _states(people) == [State.ACCEPTED, State.WAITING, State.LOST]
    told = Notification.objects.exclude(kind=MessageKind.RECEIVED)
    kinds = {message.application_id: message.kind for message in told}
    assert kinds == dict(
        zip([p.pk for p in people], ["accepted", "waiting", "lost"], strict=True)
    )
    assert people[2].transitions.last().why == "選考の結果：定員を超えたため"
    assert not any(SECRET_NOTE in message.body for message in told)
    assert run.pools.get().seats_taken == 1
    assert differences() == []


def test_losers_are_told_only_where_the_run_says_so(run, people, officer, closed):
    run.tells_losers = False
    run.save()
    _note_all(people, officer, closed, [ACCEPT, ACCEPT, REFUSE])
    _decide(run, officer, closed)
    assert not Notification.objects.filter(kind=MessageKind.LOST).exists()


def test_last_verdict_counts_and_the_first_stays(run, people, officer, closed):
    _note_all(people, officer, closed, [ACCEPT, ACCEPT, ACCEPT])
    _note(people[0], REFUSE, officer, closed)
    _decide(run, officer, closed)
    assert _states(people) == [State.LOST, State.ACCEPTED, State.ACCEPTED]
    given = people[0].screening_notes.values_list("verdict", flat=True)
    assert list(given) == ["accept", "refuse"]


def test_more_than_the_places_cannot_be_accepted(run, people, officer, closed):
    _note_all(people, officer, closed, [ACCEPT, ACCEPT, ACCEPT])
    with pytest.raises(screening.MoreThanPlaces):
        _decide(run, officer, closed)
    assert set(_states(people)) == {State.AWAITING_SCREENING}


def test_nobody_is_decided_while_somebody_is_undecided(run, people, officer, closed):
    _note_all(people[:2], officer, closed, [ACCEPT, ACCEPT])
    _note(people[2], None, officer, closed, "面談で確かめる")
    with pytest.raises(screening.StillUndecided):
        _decide(run, officer, closed)


def test_nobody_decides_on_what_was_not_shown(run, people, officer, closed):
    _note_all(people, officer, closed, [ACCEPT, ACCEPT, REFUSE])
    seen = screening_plan(run).seen
    _note(people[0], REFUSE, officer, closed)
    with pytest.raises(ChangedMeanwhile):
        decide(run=run, seen=seen, by=officer, at=closed)


def test_decision_waits_for_deadline_and_time_of_results(run, people, officer, closed):
    run.results_at = closed + timedelta(days=3)
    run.save()
    _note_all(people, officer, closed, [ACCEPT, ACCEPT, REFUSE])
    with pytest.raises(StillOpen):
        _decide(run, officer, closed - timedelta(seconds=1))
    with pytest.raises(ResultsComeLater):
        _decide(run, officer, closed)
    assert _decide(run, officer, run.results_at).accepted == 2


def test_other_sections_neither_note_nor_decide(run, people, closed):
    stranger = StaffProfileFactory().user
    with pytest.raises(NotAllowed):
        _note(people[0], ACCEPT, stranger, closed)
    with pytest.raises(NotAllowed):
        _decide(run, stranger, closed)


def test_notes_end_with_the_decision(run, people, officer, closed):
    _note_all(people, officer, closed, [ACCEPT, ACCEPT, REFUSE])
    _decide(run, officer, closed)
    with pytest.raises(MoveNotAllowed):
        _note(people[2], ACCEPT, officer, closed)


def test_without_a_waiting_list_nobody_is_put_on_it(run, people, officer, closed):
    run.waiting_list = False
    run.save()
    with pytest.raises(screening.NoWaitingList):
        _note(people[0], WAIT, officer, closed)


def test_an_empty_note_is_none(people, officer, closed):
    with pytest.raises(screening.NothingNoted):
        _note(people[0], None, officer, closed, "  ")


def test_plan_says_how_many_messages_leave(run, people, officer, closed, now):
    apply_for_seat(
        run=run,
        request=request_by(HANAKO, email="", phone="0420-11-1111"),
        by=officer,
        at=now,
        namesake_reason="別の方",
    )
    found = list(Application.objects.order_by("tie"))
    _note_all(found, officer, closed, [ACCEPT, REFUSE, WAIT, ACCEPT])
    plan = screening_plan(run)
    assert (plan.by_mail, plan.by_hand, plan.is_complete) == (3, 1, True)


@pytest.fixture
def page(run) -> str:
    return f"/manage/runs/{run.code}/screening/"


def test_officer_notes_and_decides(client, run, people, closed, page):
    client.force_login(officer_of(run.course.department))
    with time_machine.travel(closed, tick=False):
        first = client.get(page).content.decode()
        assert "はじめての方を優先" in first
        assert "判断が決まっていない申込みが3件" in first
        verdicts = {f"a{one.pk}-verdict": "accept" for one in people[:2]}
        form = {"action": "save", **verdicts, f"a{people[2].pk}-verdict": "refuse"}
        form[f"a{people[0].pk}-note"] = SECRET_NOTE
        assert client.post(page, form).status_code == 302
        shown = client.get(page).content.decode()
        assert SECRET_NOTE in shown
        assert "3件にメールを送ります" in shown
        client.post(page, form | {f"a{people[0].pk}-note": ""})
        assert ScreeningNote.objects.count() == 3, "the same verdict again is no note"
        decide = {"action": "decide", "seen": screening_plan(run).seen, "told": ""}
        assert client.post(page, decide).status_code == 302
        assert "選考を待つ申込みはありません" in client.get(page).content.decode()
        own = client.get(f"/manage/applications/{people[0].pk}/").content.decode()
        assert SECRET_NOTE in own
    assert _states(people) == [State.ACCEPTED, State.ACCEPTED, State.LOST]


def test_page_is_for_the_section_and_screened_runs_only(client, run, people, page):
    stranger = officer_of(StaffProfileFactory().department)
    client.force_login(stranger)
    assert client.get(page).status_code == 403
    client.force_login(officer_of(run.course.department))
    type(run).objects.filter(pk=run.pk).update(selection_mode="lottery")
    assert client.get(page).status_code == 404


def test_applicant_never_sees_notes_or_criteria(client, run, people, officer, closed):
    from enrollments.domain.links import application_path

    _note_all(people, officer, closed, [ACCEPT, ACCEPT, REFUSE])
    _decide(run, officer, closed)
    with time_machine.travel(closed, tick=False):
        text = client.get(application_path(people[2])).content.decode()
    assert SECRET_NOTE not in text
    assert "はじめての方を優先" not in text
