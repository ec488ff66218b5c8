from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from courses.enums import SessionState
from enrollments.domain import refusals
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.completion import (
    record_completion,
    revoke_completion,
    standings,
)
from enrollments.domain.finishing.explaining import explanation, rule_words
from enrollments.domain.finishing.reckonings import rule_of
from enrollments.domain.finishing.refusals import (
    CertificateStillValid,
    RuleNotMet,
    WhyTakenBack,
)
from enrollments.enums import AttendanceStatus, CompletionAct
from enrollments.models import Attendance, Completion, CompletionTrace
from tests.enrollments.requests import HANAKO, JIRO, TARO, request_by
from tests.factories import CourseRunFactory, SessionFactory


def test_completion_is_suggested_by_the_rule(run, marked, hana, taro, after):
    found = {s.participant: (s.attended, s.suggested) for s in standings(run, at=after)}
    assert found == {hana: (2, True), taro: (1, False)}


def test_reckoning_is_explained(run, marked, taro, sessions, after):
    sessions[0].is_required = True
    sessions[0].save()
    (of_taro,) = (s for s in standings(run, at=after) if s.participant == taro)
    assert explanation(of_taro.reckoning) == [
        "2回のうち1回出席。必要は2回です。",
        "必須の第1回を欠席しています。",
    ]


def test_share_is_explained_with_its_rounding(run, marked, taro, after):
    run.completion_sessions, run.completion_percent = None, 70
    (of_taro,) = (s for s in standings(run, at=after) if s.participant == taro)
    assert explanation(of_taro.reckoning) == [
        "2回のうち1回出席。必要は2回（70%、端数は切り上げ）です。"
    ]
    assert rule_words(rule_of(run)) == [
        "開いた回の70%以上（端数は切り上げ）の出席で修了です。"
    ]


def test_make_up_in_another_run_counts(run, marked, taro, sessions, after):
    elsewhere = SessionFactory(run=CourseRunFactory(course=run.course), number=1)
    Attendance.objects.filter(participant=taro, session=sessions[0]).update(
        status=AttendanceStatus.MADE_UP, made_up_in=elsewhere
    )
    (of_taro,) = (s for s in standings(run, at=after) if s.participant == taro)
    assert of_taro.suggested
    assert explanation(of_taro.reckoning) == [
        "2回のうち2回出席（うち振替1回）。必要は2回です。"
    ]


def test_make_up_in_a_session_that_was_called_off_does_not(
    run, marked, taro, sessions, after
):
    elsewhere = SessionFactory(
        run=CourseRunFactory(course=run.course), number=1, state=SessionState.CANCELLED
    )
    Attendance.objects.filter(participant=taro, session=sessions[0]).update(
        status=AttendanceStatus.MADE_UP, made_up_in=elsewhere
    )
    (of_taro,) = (s for s in standings(run, at=after) if s.participant == taro)
    assert (of_taro.attended, of_taro.suggested) == (1, False)


def test_completion_is_confirmed_once_with_what_it_was_reckoned_from(
    run, marked, hana, officer, after
):
    for _ in range(2):
        record_completion(run=run, participants=[hana.pk], by=officer, at=after)

    found = Completion.objects.get()
    assert (found.participant, found.needed, found.sessions_attended) == (hana, 2, 2)
    assert found.reckoning["held"] == 2
    trace = CompletionTrace.objects.get()
    assert (trace.act, trace.by, trace.why) == (CompletionAct.GIVEN, officer, "")


def test_completion_is_dated_by_the_last_session(run, sessions, completed):
    assert completed.completed_on == timezone.localdate(sessions[1].starts_at)


def test_whoever_does_not_meet_the_rule_needs_a_reason(run, marked, taro, officer, after):
    with pytest.raises(RuleNotMet):
        record_completion(run=run, participants=[taro.pk], by=officer, at=after, why=" ")
    assert not Completion.objects.exists()

    why = "病気のため課題を提出"
    record_completion(run=run, participants=[taro.pk], by=officer, at=after, why=why)
    assert CompletionTrace.objects.get().why == why


def test_completion_outside_the_roster_is_refused(run, people, officer, now):
    waiting = apply_for_seat(run=run, request=request_by(JIRO), by=None, at=now)
    jiro = waiting.participants.get()
    with pytest.raises(refusals.NotOnTheList):
        record_completion(run=run, participants=[jiro.pk], by=officer, at=now)


def test_completion_taken_back_leaves_its_trace(run, completed, hana, officer, after):
    later = after + timedelta(hours=1)
    for nothing in ("", "\0\u200b"):
        with pytest.raises(WhyTakenBack):
            revoke_completion(
                run=run, participant=hana.pk, by=officer, at=later, why=nothing
            )
    revoke_completion(run=run, participant=hana.pk, by=officer, at=later, why="人ちがい")

    assert not Completion.objects.exists()
    last = CompletionTrace.objects.last()
    assert (last.act, last.why, last.at) == (CompletionAct.TAKEN_BACK, "人ちがい", later)


def test_completion_with_a_valid_certificate_stays(run, certificate, hana, officer, after):
    with pytest.raises(CertificateStillValid):
        revoke_completion(run=run, participant=hana.pk, by=officer, at=after, why="x")
    assert Completion.objects.exists()


def test_database_keeps_a_completion_without_trace_of_its_end(completed):
    with pytest.raises(DatabaseError), transaction.atomic():
        completed.delete()


def test_database_keeps_the_traces(completed):
    for act in (
        lambda: CompletionTrace.objects.all().delete(),
        lambda: CompletionTrace.objects.update(why="ほか"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


@pytest.mark.parametrize("people", [1, 2])
def test_standings_take_the_same_number_of_queries(
    run, now, people, django_assert_num_queries
):
    for person in (HANAKO, TARO)[:people]:
        apply_for_seat(run=run, request=request_by(person), by=None, at=now)
    with django_assert_num_queries(5):
        standings(run, at=now)
