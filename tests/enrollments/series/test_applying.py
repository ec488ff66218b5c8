from datetime import timedelta
from uuid import uuid4

import pytest

from courses.domain.calendar_event import CalendarEvent
from courses.domain.refusals import RunAlreadyCancelled
from courses.exchange.ical import Method
from courses.models import CourseRun
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.audit import differences
from enrollments.domain.calendar_updates import updates_with
from enrollments.domain.calling_off import cancel_run_and_tell
from enrollments.domain.refusals import AlreadyApplied, ApplicationsClosed, RunFull
from enrollments.domain.series.applying import UnitWish, apply_for_units
from enrollments.domain.series.calling_off import cancel_units_and_tell
from enrollments.domain.series.refusals import (
    NoneOfTheUnits,
    NotAllUnits,
    NotAUnit,
    NothingToWithdraw,
    NoUnitChosen,
    OneRunPerUnit,
    UnitWaits,
)
from enrollments.domain.series.withdrawing import withdraw_bundle
from enrollments.enums import ApplicationState as State
from enrollments.enums import MessageKind
from enrollments.models import Application, Bundle, Notification
from tests.enrollments.requests import HANAKO, JIRO, TARO, request_by
from tests.factories import CourseRunFactory, UserFactory


def wishes(runs, person=HANAKO, **said):
    said.setdefault("submission_key", uuid4())
    return [UnitWish(run, request_by(person, **said)) for run in runs]


def _states():
    found = Application.objects.order_by("pk")
    return list(found.values_list("run__course__title", "state"))


@pytest.fixture
def full(runs, now):
    """The second unit's only place is taken."""
    return apply_for_seat(run=runs[1], request=request_by(TARO), by=None, at=now)


def test_one_form_makes_one_application_per_unit(series, runs, now):
    applied = apply_for_units(
        series=series, wishes=wishes(runs), together=True, by=None, at=now
    )

    assert _states() == [("第1単元", State.ACCEPTED), ("第2単元", State.ACCEPTED)]
    assert {one.bundle for one in applied.applications} == {Bundle.objects.get()}
    assert len({one.receipt_number for one in applied.applications}) == 2
    assert (applied.refused, differences()) == ((), [])


def test_one_mail_tells_of_all_units(series, runs, now):
    applied = apply_for_units(
        series=series, wishes=wishes(runs), together=False, by=None, at=now
    )

    mail = Notification.objects.get()
    assert (mail.kind, mail.subject) == (
        MessageKind.SERIES,
        "シリーズの申込みを受け付けました：川を学ぶ",
    )
    for application in applied.applications:
        assert application.receipt_number in mail.body
        assert application.run.course.title in mail.body
    assert "/applications/series/" in mail.body


def test_mail_brings_the_dates_of_places_that_are_certain(series, runs, full, now):
    apply_for_units(series=series, wishes=wishes(runs), together=False, by=None, at=now)

    mail = Notification.objects.get(kind=MessageKind.SERIES)
    (update,) = updates_with(mail, at=now, site="http://localhost")
    (event,) = update.events
    assert isinstance(event, CalendarEvent)
    assert event.starts_at == runs[0].sessions.get().starts_at


def test_all_or_none_where_one_unit_is_full(series, runs, full, now):
    with pytest.raises(NotAllUnits) as refused:
        apply_for_units(series=series, wishes=wishes(runs), together=True, by=None, at=now)

    assert [(run, type(why)) for run, why in refused.value.reasons] == [
        (runs[1], UnitWaits)
    ]
    assert list(Application.objects.all()) == [full]
    assert not Bundle.objects.exists()
    assert not Notification.objects.filter(kind=MessageKind.SERIES).exists()
    assert runs[0].pools.get().seats_taken == 0
    assert differences() == []


def test_unit_by_unit_takes_what_there_is(series, runs, full, now):
    apply_for_units(series=series, wishes=wishes(runs), together=False, by=None, at=now)

    assert _states()[1:] == [("第1単元", State.ACCEPTED), ("第2単元", State.WAITING)]


def test_unit_by_unit_says_why_of_the_rest(series, runs, full, now):
    CourseRun.objects.filter(pk=runs[1].pk).update(waiting_list=False)
    applied = apply_for_units(
        series=series, wishes=wishes(runs), together=False, by=None, at=now
    )

    assert [(run, type(why)) for run, why in applied.refused] == [(runs[1], RunFull)]
    assert [one.run for one in applied.applications] == [runs[0]]


def test_nothing_taken_is_refused_with_every_reason(series, runs, now):
    for run in runs:
        apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)
    with pytest.raises(NoneOfTheUnits) as refused:
        apply_for_units(series=series, wishes=wishes(runs), together=False, by=None, at=now)

    assert {type(why) for _run, why in refused.value.reasons} == {AlreadyApplied}
    assert not Bundle.objects.exists()


def test_closed_unit_is_no_part_of_it(series, runs, now):
    closed = now - timedelta(hours=1)
    CourseRun.objects.filter(pk=runs[0].pk).update(applications_close_at=closed)
    applied = apply_for_units(
        series=series, wishes=wishes(runs), together=False, by=None, at=now
    )
    assert [type(why) for _run, why in applied.refused] == [ApplicationsClosed]


def test_same_form_again_gives_the_first_applications(series, runs, now):
    form = uuid4()
    first, again = (
        apply_for_units(
            series=series,
            wishes=wishes(runs, submission_key=form),
            together=True,
            by=None,
            at=now,
        )
        for _ in range(2)
    )
    assert again == first
    assert (Application.objects.count(), Notification.objects.count()) == (2, 1)


def test_next_at_a_shared_computer_gets_a_bundle_of_their_own(series, runs, now):
    form = uuid4()
    for person in (HANAKO, JIRO):
        apply_for_units(
            series=series,
            wishes=wishes(runs, person, submission_key=form),
            together=False,
            by=None,
            at=now,
        )
    assert [one.applications.count() for one in Bundle.objects.order_by("pk")] == [2, 2]


def test_only_units_of_the_series_and_each_once(series, runs, now):
    other = CourseRunFactory(course=runs[0].course)
    stranger = CourseRunFactory()
    for chosen, refusal in (
        ([], NoUnitChosen),
        ([runs[0], other], OneRunPerUnit),
        ([runs[0], stranger], NotAUnit),
    ):
        with pytest.raises(refusal):
            apply_for_units(
                series=series, wishes=wishes(chosen), together=False, by=None, at=now
            )
    assert not Application.objects.exists()


@pytest.fixture
def applied(series, runs, now):
    return apply_for_units(
        series=series, wishes=wishes(runs), together=True, by=None, at=now
    )


def test_all_units_are_withdrawn_at_once(applied, runs, now):
    done = withdraw_bundle(bundle=applied.bundle, by=None, at=now)

    assert [one.state for one in done.applications] == [State.WITHDRAWN] * 2
    assert [run.pools.get().seats_taken for run in runs] == [0, 0]
    assert differences() == []
    with pytest.raises(NothingToWithdraw):
        withdraw_bundle(bundle=applied.bundle, by=None, at=now)


def test_one_mail_tells_of_all_that_was_given_back(applied, runs, now):
    done = withdraw_bundle(bundle=applied.bundle, by=None, at=now)

    mail = Notification.objects.exclude(kind=MessageKind.SERIES).get()
    assert mail.kind == MessageKind.SERIES_WITHDRAWN
    for application in done.applications:
        assert application.receipt_number in mail.body
    updates = updates_with(mail, at=now, site="http://localhost")
    ended = [(one.method, *(event.starts_at for event in one.events)) for one in updates]
    assert ended == [(Method.CANCEL, run.sessions.get().starts_at) for run in runs]


def test_units_called_off_together_are_told_in_one_message(applied, runs, now):
    """Whoever is in one of them only reads what everybody reads."""
    apply_for_seat(run=runs[0], request=request_by(TARO), by=None, at=now)
    officer = UserFactory(is_superuser=True)
    readers = cancel_units_and_tell(runs=runs, reason="大雨", by=officer, at=now)

    assert [len(own) for own in readers] == [2, 1]
    told = Notification.objects.filter(created_at=now, body__contains="大雨")
    kinds = list(told.order_by("kind").values_list("kind", "recipient"))
    hanako, taro = (request_by(person).email for person in (HANAKO, TARO))
    assert kinds == [
        (MessageKind.RUN_CANCELLED, taro),
        (MessageKind.SERIES_CANCELLED, hanako),
    ]
    both = Notification.objects.get(kind=MessageKind.SERIES_CANCELLED)
    assert len(updates_with(both, at=now, site="http://localhost")) == 2
    assert differences() == []


def test_units_are_called_off_together_or_not_at_all(applied, runs, now):
    officer = UserFactory(is_superuser=True)
    cancel_run_and_tell(run=runs[1], reason="大雨", by=officer, at=now)
    with pytest.raises(RunAlreadyCancelled):
        cancel_units_and_tell(runs=runs, reason="大雨", by=officer, at=now)
    assert Application.objects.get(run=runs[0]).state == State.ACCEPTED


def test_what_cannot_be_given_back_is_kept_and_named(applied, runs, now):
    CourseRun.objects.filter(pk=runs[0].pk).update(withdraw_until=now)
    done = withdraw_bundle(bundle=applied.bundle, by=None, at=now)

    assert [one.run for one in done.applications] == [runs[1]]
    assert [application.run for application, _why in done.kept] == [runs[0]]
    kept = Application.objects.get(run=runs[0])
    assert kept.state == State.ACCEPTED
