"""緑の会 finished a path of one step, which Hanako completed."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.domain.refusal import NotAllowed
from enrollments.domain.finishing.ending import reissue_certificate, revoke_certificate
from enrollments.domain.finishing.group_certificates import public_name
from enrollments.enums import CertificateKind
from enrollments.models import Certificate, Notification
from learning_paths.domain.finished import day_finished
from learning_paths.domain.following import follow_path
from learning_paths.domain.path_certificates import certificates_of, issue_path_certificate
from learning_paths.domain.path_refusals import (
    NotFollowed,
    PathCertified,
    PathNotFinished,
)
from learning_paths.domain.progress import Done, StepPlan, progress_of_path
from learning_paths.domain.refusals import GroupClosed, NotAMember, NotAnOrganiser
from learning_paths.enums import GroupState
from learning_paths.models import Group
from tests.factories import CourseFactory, PathFactory, PathVersionFactory, StepFactory
from tests.learning_paths.closing import close
from tests.learning_paths.completions import complete

DAY = date(2026, 10, 1)


@pytest.fixture
def course(db):
    return CourseFactory(title="会計入門")


@pytest.fixture
def path(course):
    path = PathFactory(name="会計の基礎")
    PathVersionFactory(path=path)
    StepFactory(path=path, courses=[course])
    return path


@pytest.fixture
def followed(group, path, leader, member, keiko, now):
    return follow_path(group=group, path=path, by=keiko, at=now)


@pytest.fixture
def finished(followed, course, hanako):
    complete(course, user=hanako, on=DAY)
    return followed


@pytest.fixture
def certificate(finished, group, path, keiko, now):
    return issue_path_certificate(group=group, path=path, by=keiko, at=now)


def test_finished_path_gives_the_group_a_certificate(certificate, finished):
    found = Certificate.objects.get()
    assert (found.kind, found.number, found.holder, found.course_title) == (
        CertificateKind.PATH,
        "2026-00001",
        "緑の会",
        "会計の基礎",
    )
    assert (found.completed_on, found.sessions_attended, found.sessions_held) == (DAY, 1, 1)
    assert (found.participant, found.run, found.series) == (None, None, None)
    assert certificates_of([finished]) == {finished.pk: found}


def test_organisers_are_told(certificate, keiko):
    told = Notification.objects.get(occasion__startswith="group_certificate")
    assert (told.recipient, "2026-00001" in told.body) == (keiko.email, True)
    assert "会計の基礎" in told.subject


def test_it_is_issued_once(certificate, group, path, keiko, now):
    with pytest.raises(PathCertified):
        issue_path_certificate(group=group, path=path, by=keiko, at=now)
    assert Certificate.objects.count() == 1


def test_path_that_is_not_finished_gives_none(followed, group, path, keiko, now):
    with pytest.raises(PathNotFinished):
        issue_path_certificate(group=group, path=path, by=keiko, at=now)
    assert not Certificate.objects.exists()


def test_path_of_another_group_gives_none(leader, group, path, keiko, now):
    with pytest.raises(NotFollowed):
        issue_path_certificate(group=group, path=path, by=keiko, at=now)


@pytest.mark.usefixtures("finished")
def test_members_and_outsiders_get_none(group, path, hanako, taro, now):
    with pytest.raises(NotAnOrganiser):
        issue_path_certificate(group=group, path=path, by=hanako, at=now)
    with pytest.raises(NotAMember):
        issue_path_certificate(group=group, path=path, by=taro, at=now)


@pytest.mark.usefixtures("finished")
def test_closed_group_gets_none(group, path, keiko, now):
    close(group)
    with pytest.raises(GroupClosed):
        issue_path_certificate(group=group, path=path, by=keiko, at=now)


@pytest.mark.usefixtures("finished")
def test_staff_who_keep_the_register_issue_it_too(group, path, officer, now):
    found = issue_path_certificate(group=group, path=path, by=officer, at=now)
    assert found.issued_by == officer


def test_reissue_bears_the_name_as_it_is_now(certificate, group, officer, now):
    Group.objects.filter(pk=group.pk).update(name="緑と川の会")
    new = reissue_certificate(certificate=certificate, why="改称", by=officer, at=now)
    assert (new.holder, new.number, new.replaces) == (
        "緑と川の会",
        "2026-00002",
        certificate,
    )


def test_only_keepers_of_the_register_revoke(certificate, keiko, officer, now):
    with pytest.raises(NotAllowed):
        revoke_certificate(certificate=certificate, why="誤り", by=keiko, at=now)
    found = revoke_certificate(certificate=certificate, why="誤り", by=officer, at=now)
    assert found.revoked_by == officer


def test_name_is_public_while_the_group_is(certificate, group):
    assert public_name(certificate) == "緑の会"
    close(group)
    assert Group.objects.get(pk=group.pk).state == GroupState.CLOSED
    assert public_name(certificate) == ""


def test_database_refuses_a_certificate_of_no_path(certificate):
    for subject in ("", "999999"):
        stray = Certificate.objects.get()
        stray.pk, stray.code, stray.serial, stray.subject = None, "0" * 16, 2, subject
        with pytest.raises(DatabaseError), transaction.atomic():
            stray.save(force_insert=True)


def test_database_keeps_what_a_certificate_is_about(certificate, finished):
    with pytest.raises(DatabaseError), transaction.atomic():
        finished.delete()


def test_database_refuses_a_person_on_a_group_certificate(certificate, finished, course):
    completion = complete(course, email="x@example.jp")
    stray = Certificate.objects.get()
    Certificate.objects.update(revoked_at=stray.issued_at, revoked_why="誤り")
    stray.pk, stray.code, stray.serial = None, "0" * 16, 2
    stray.participant = completion.participant
    with pytest.raises(DatabaseError), transaction.atomic():
        stray.save(force_insert=True)
    stray.participant = None
    stray.save(force_insert=True)


days = st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 3, 1))
done = st.builds(Done, member=st.integers(1, 3), course=st.integers(1, 3), on=days)
PLANS = [
    StepPlan(key=1, courses=(1, 2), needed_courses=1, needed_members=2),
    StepPlan(key=2, courses=(3,), is_required=False),
]


@given(st.lists(done, max_size=12))
def test_day_is_the_first_on_which_the_path_was_done(completed):
    progress = progress_of_path(PLANS, completed)
    day = day_finished(progress, completed)

    assert (day is not None) == progress.is_done
    if day is not None:
        before = [one for one in completed if one.on < day]
        until = [one for one in completed if one.on <= day]
        assert not progress_of_path(PLANS, before).is_done
        assert progress_of_path(PLANS, until).is_done
        later = Done(3, 3, day + timedelta(days=9))
        assert day_finished(progress, [*completed, later]) == day
