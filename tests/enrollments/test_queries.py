from allauth.account.models import EmailAddress

from accounts.models import StaffProfile
from courses.enums import PoolKind
from courses.models import CourseRun, SeatPool
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.completion import record_completion
from enrollments.domain.queries import (
    applications_of,
    own_completions,
    with_applied,
    with_waiting,
)
from tests.enrollments.requests import HANAKO, TARO, request_by
from tests.factories import SeatPoolFactory, UserFactory


def _confirm(user):
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


def test_applications_made_with_the_account_are_its_own(run, now, hanako):
    application = apply_for_seat(run=run, request=request_by(HANAKO), by=hanako, at=now)

    assert list(applications_of(hanako)) == [application]


def test_confirmed_address_brings_what_was_applied_for_before(run, now, hanako):
    request = request_by(HANAKO, email="hanako@example.jp")
    application = apply_for_seat(run=run, request=request, by=None, at=now)
    assert list(applications_of(hanako)) == []

    _confirm(hanako)
    assert list(applications_of(hanako)) == [application]


def test_other_accounts_application_with_my_address_is_not_mine(run, now, hanako):
    _confirm(hanako)
    stranger = UserFactory(email="stranger@example.jp")
    request = request_by(TARO, email="hanako@example.jp")
    apply_for_seat(run=run, request=request, by=stranger, at=now)

    assert list(applications_of(hanako)) == []


def test_application_without_address_belongs_to_no_account(run, now):
    nameless = UserFactory(email="nameless@example.jp")
    apply_for_seat(
        run=run, request=request_by(HANAKO, email="", phone="0420-00-0000"), by=None, at=now
    )
    assert list(applications_of(nameless)) == []


def test_housemates_completion_is_not_counted_as_mine(run, now, hanako, officer):
    _confirm(hanako)
    for person in (HANAKO, TARO):
        request = request_by(person, email="hanako@example.jp")
        application = apply_for_seat(run=run, request=request, by=None, at=now)
        record_completion(
            run=run,
            participants=[application.participants.get().pk],
            by=officer,
            at=now,
        )

    found = [completion.participant.full_name for completion in own_completions(hanako)]
    assert found == ["山田 花子"]


def test_only_those_before_a_resident_are_counted_as_waiting(run, now, hanako):
    """The waiting list of the places for staff is in nobody's way."""
    SeatPoolFactory(run=run, kind="staff", capacity=0)
    StaffProfile.objects.create(user=hanako, department=run.course.department)
    apply_for_seat(
        run=run, request=request_by(HANAKO), by=hanako, at=now, pool_kind=PoolKind.STAFF
    )
    (counted,) = with_applied(with_waiting(CourseRun.objects.all()))
    assert (counted.waiting, counted.waiting_for_any) == (0, 1)

    SeatPool.objects.filter(kind="general").update(capacity=0)
    apply_for_seat(run=run, request=request_by(TARO), by=None, at=now)

    (counted,) = with_applied(with_waiting(CourseRun.objects.all()))
    assert (counted.waiting, counted.waiting_for_any) == (1, 2)
