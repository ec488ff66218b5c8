"""A series of three units, of which two are needed: Hanako completed two, Taro one."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from accounts.domain.refusal import NotAllowed
from enrollments.domain.completion import revoke_completion
from enrollments.domain.finishing.ending import reissue_certificate, revoke_certificate
from enrollments.domain.finishing.refusals import (
    CertificateStillValid,
    NoSeriesCertificates,
    NothingToIssue,
)
from enrollments.domain.finishing.series_certificates import issue_series_certificates
from enrollments.domain.finishing.series_people import people_of
from enrollments.enums import CertificateKind, MessageKind
from enrollments.models import Certificate, Completion, Notification
from tests.factories import CourseFactory, StaffProfileFactory, UserFactory
from tests.learning_paths.completions import complete
from tests.learning_paths.series import series_of

HANA = {"email": "hanako@example.jp"}
TARO = {"email": "taro@example.jp", "family_kana": "サトウ", "given_kana": "タロウ"}


@pytest.fixture
def series(db):
    series = series_of(3)
    series.needed_units = 2
    series.save()
    return series


@pytest.fixture
def units(series):
    return [unit.course for unit in series.units.order_by("position")]


@pytest.fixture
def officer(series):
    return StaffProfileFactory(department=series.department).user


@pytest.fixture
def completed(units):
    first = complete(units[0], on=date(2026, 6, 1), **HANA)
    second = complete(units[2], on=date(2026, 9, 1), **HANA)
    complete(units[0], on=date(2026, 6, 1), **TARO)
    return first, second


@pytest.fixture
def certificate(series, completed, officer, now):
    return issue_series_certificates(series=series, by=officer, at=now)[0]


def test_whoever_completed_enough_units_gets_a_certificate(certificate, completed, series):
    found = Certificate.objects.get()
    assert (found.kind, found.number, found.course_title) == (
        CertificateKind.SERIES,
        "2026-00001",
        "川を学ぶ",
    )
    assert (found.participant, found.completed_on) == (
        completed[1].participant,
        date(2026, 9, 1),
    )
    assert (found.sessions_attended, found.sessions_held) == (2, 3)
    assert list(found.grounds.order_by("pk")) == list(completed)


def test_it_is_issued_once_and_told_once(certificate, series, officer, now):
    with pytest.raises(NothingToIssue):
        issue_series_certificates(series=series, by=officer, at=now)
    told = Notification.objects.get(kind=MessageKind.CERTIFICATE)
    assert (told.recipient, "川を学ぶ" in told.body) == ("hanako@example.jp", True)


def test_one_more_unit_later_gives_no_second_certificate(
    certificate, units, series, officer, now
):
    complete(units[1], on=date(2026, 10, 1), **HANA)
    with pytest.raises(NothingToIssue):
        issue_series_certificates(series=series, by=officer, at=now)


def test_without_a_number_all_units_are_needed(series, completed, officer, now):
    series.needed_units = None
    series.save()
    with pytest.raises(NothingToIssue):
        issue_series_certificates(series=series, by=officer, at=now)


def test_series_without_certificates_gives_none(series, completed, officer, now):
    series.gives_certificate = False
    series.save()
    with pytest.raises(NoSeriesCertificates):
        issue_series_certificates(series=series, by=officer, at=now)


def test_another_section_issues_and_revokes_nothing(series, certificate, units, now):
    stranger = StaffProfileFactory().user
    complete(units[1], **TARO)
    with pytest.raises(NotAllowed):
        issue_series_certificates(series=series, by=stranger, at=now)
    with pytest.raises(NotAllowed):
        revoke_certificate(certificate=certificate, why="誤り", by=stranger, at=now)


def test_paper_and_account_are_one_person(series, units):
    """Applied with an account, and once by a card that names the same address."""
    account = UserFactory(email="hanako@example.jp")
    complete(units[0], user=account)
    complete(units[1], email="hanako@example.jp")
    complete(units[1], email="hanako@example.jp", given_kana="ウメコ")

    assert [len(one.completions) for one in people_of(series)] == [1, 2]


def test_the_same_unit_twice_counts_once(series, units):
    complete(units[0], **HANA)
    complete(units[0], **HANA)
    (person,) = people_of(series)
    assert (person.progress.done, person.progress.is_done) == ((units[0].pk,), False)


def test_completions_outside_the_series_count_nothing(series):
    complete(CourseFactory(), **HANA)
    assert people_of(series) == []


def test_reissue_rests_on_the_same(certificate, completed, officer, now):
    new = reissue_certificate(certificate=certificate, why="紛失", by=officer, at=now)
    assert (new.number, new.replaces) == ("2026-00002", certificate)
    assert set(new.grounds.all()) == set(completed)


def test_completion_under_a_certificate_is_not_taken_back(
    certificate, completed, units, officer, now
):
    first = completed[0].participant
    run = first.application.run
    run.course.department = officer.staff_profile.department
    run.course.save()
    take_back = {"run": run, "participant": first.pk, "by": officer, "at": now}
    with pytest.raises(CertificateStillValid):
        revoke_completion(**take_back, why="誤り")
    with pytest.raises(DatabaseError), transaction.atomic():
        Completion.objects.filter(pk=completed[0].pk)._raw_delete("default")

    revoke_certificate(certificate=certificate, why="誤り", by=officer, at=now)
    revoke_completion(**take_back, why="誤り")
    assert not Completion.objects.filter(pk=completed[0].pk).exists()


def test_database_refuses_a_second_valid_one_of_a_person(certificate):
    certificate.pk, certificate.code, certificate.serial = None, "0" * 16, 2
    with pytest.raises(DatabaseError), transaction.atomic():
        certificate.save(force_insert=True)
    certificate.subject += "x"
    certificate.save(force_insert=True)


@pytest.mark.parametrize("number", [1, 3])
def test_people_take_the_same_number_of_queries(
    series, units, number, django_assert_num_queries
):
    for at in range(number):
        complete(units[0], email=f"a{at}@example.jp")
    with django_assert_num_queries(4):
        people_of(series)
