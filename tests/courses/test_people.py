"""Consent and approval of instructors."""

from datetime import date

import pytest

from accounts.domain.refusal import NotAllowed
from courses.domain.people import (
    AlreadyApproved,
    ConsentMissing,
    NotApproved,
    approve_instructor,
    record_consent,
    withdraw_approval,
)
from courses.models import Instructor
from tests.factories import (
    InstructorFactory,
    PublicInstructorFactory,
    StaffProfileFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def head():
    return StaffProfileFactory(role="head").user


@pytest.fixture
def willing() -> Instructor:
    return InstructorFactory(consents_to_publish=True)


def _is_public(person: Instructor) -> bool:
    return Instructor.objects.public().filter(pk=person.pk).exists()


def test_approval_makes_public_and_keeps_who_and_when(willing, head, now):
    approved = approve_instructor(instructor=willing, by=head, at=now)
    assert (approved.approved_by, approved.approved_at) == (head, now)
    assert _is_public(willing)


def test_administrator_approves(willing, now):
    admin = UserFactory(is_superuser=True)
    assert approve_instructor(instructor=willing, by=admin, at=now).is_public


def test_officer_neither_approves_nor_withdraws(willing, now):
    officer = StaffProfileFactory().user
    with pytest.raises(NotAllowed):
        approve_instructor(instructor=willing, by=officer, at=now)
    with pytest.raises(NotAllowed):
        withdraw_approval(instructor=PublicInstructorFactory(), by=officer)


def test_nobody_is_approved_without_consent(head, now):
    silent = InstructorFactory()
    with pytest.raises(ConsentMissing):
        approve_instructor(instructor=silent, by=head, at=now)
    assert not _is_public(silent)


def test_approving_twice_is_refused_and_keeps_the_first(willing, head, now):
    approve_instructor(instructor=willing, by=head, at=now)
    other = StaffProfileFactory(role="head").user
    with pytest.raises(AlreadyApproved):
        approve_instructor(instructor=willing, by=other, at=now)
    willing.refresh_from_db()
    assert willing.approved_by == head


def test_withdrawn_approval_takes_the_name_away(head):
    person = PublicInstructorFactory()
    withdraw_approval(instructor=person, by=head)
    assert not _is_public(person)
    with pytest.raises(NotApproved):
        withdraw_approval(instructor=person, by=head)


def test_consent_taken_back_ends_the_approval(head, now):
    person = PublicInstructorFactory(consented_on=date(2026, 4, 1), approved_by=head)
    back = record_consent(instructor=person, agreed=False, on=None, by=head, at=now)
    assert (back.consented_on, back.approved_at, back.approved_by) == (None, None, None)
    record_consent(instructor=person, agreed=True, on=None, by=head, at=now)
    assert not _is_public(person)


@pytest.mark.parametrize(
    ("said", "kept"),
    [(None, date(2026, 11, 21)), (date(2026, 11, 2), date(2026, 11, 2))],
)
def test_consent_has_the_day_said_or_today(said, kept, head, now):
    person = InstructorFactory()
    given = record_consent(instructor=person, agreed=True, on=said, by=head, at=now)
    assert (given.consented_on, given.approved_at) == (kept, None)
