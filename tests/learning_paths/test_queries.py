from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enrollments.domain.completed import completed_courses
from enrollments.domain.queries import own_completions
from learning_paths.domain.following import follow_path
from learning_paths.domain.queries import (
    coming_runs,
    groups_of,
    invited_to,
    members_of,
    public_groups,
)
from learning_paths.domain.standings import standings_on_paths
from tests.factories import (
    NOON,
    CourseFactory,
    CourseRunFactory,
    GroupFactory,
    MembershipFactory,
    PathFactory,
    SeatPoolFactory,
    SessionFactory,
    StepFactory,
    UserFactory,
)
from tests.learning_paths.closing import close
from tests.learning_paths.completions import complete


@pytest.fixture
def river(db):
    return CourseFactory(title="川を知る")


def _queries(ask):
    with CaptureQueriesContext(
        connection,
    ) as made:
        ask()
    return len(made)


def test_completion_with_the_account_counts(river, hanako):
    complete(river, user=hanako)
    assert completed_courses([hanako]) == {(hanako.pk, river.pk)}


def test_completion_from_a_confirmed_address_counts(river, hanako):
    complete(river, email="hanako@example.jp")
    assert completed_courses([hanako]) == {(hanako.pk, river.pk)}


def test_completion_from_an_unconfirmed_address_does_not_count(river, hanako):
    complete(river, email="hanako@example.jp")
    EmailAddress.objects.filter(user=hanako).update(verified=False)

    assert completed_courses([hanako]) == frozenset()


def test_housemates_completion_does_not_count(river, hanako):
    complete(river, email="hanako@example.jp", given_kana="ジロウ")
    assert completed_courses([hanako]) == frozenset()


def test_companions_completion_does_not_count(river, hanako):
    complete(river, user=hanako, as_applicant=False)
    assert completed_courses([hanako]) == frozenset()


def test_nobody_has_completed_nothing(db):
    assert completed_courses([]) == frozenset()


def test_many_people_agree_with_each_ones_own_record(hanako, jiro, taro):
    jiro.last_name_kana = jiro.first_name_kana = ""
    jiro.save()
    courses = [CourseFactory() for _ in range(3)]
    complete(courses[0], user=hanako)
    complete(courses[0], user=jiro, given_kana="ジロウ")
    complete(courses[1], email="jiro@example.jp", family_kana="タナカ")
    complete(courses[1], email="hanako@example.jp")
    complete(courses[2], email="hanako@example.jp", given_kana="ハナエ")
    complete(courses[2], user=taro, email="hanako@example.jp")
    people = [hanako, jiro, taro]

    one_by_one = {
        (person.pk, completion.participant.application.run.course_id)
        for person in people
        for completion in own_completions(person)
    }
    assert len(one_by_one) == 4
    assert completed_courses(people) == one_by_one


def test_completions_take_two_queries_for_one_and_for_three_people(river):
    def ask(number):
        people = [UserFactory() for _ in range(number)]
        for person in people:
            complete(river, user=person)
        return _queries(lambda: completed_courses(people))

    assert [ask(1), ask(3)] == [2, 2]


def test_members_completions_add_up_on_the_path(
    group, leader, member, hanako, keiko, river, now
):
    safety = CourseFactory(title="安全の手引き")
    path = PathFactory()
    StepFactory(path=path, position=2, courses=[safety], needed_members=2)
    StepFactory(path=path, position=1, courses=[river])
    follow_path(group=group, path=path, by=keiko, at=now)
    complete(river, user=hanako)
    complete(safety, user=keiko)

    (standing,) = standings_on_paths(group, members_of(group))

    assert [step.step.position for step in standing.steps] == [1, 2]
    first, second = standing.steps
    assert (first.progress.is_done, first.progress.members) == (True, {member.pk})
    assert (second.progress.is_done, second.progress.members) == (False, {leader.pk})
    assert first.courses == {river.pk: river}
    assert standing.progress.next_step == second.progress
    assert not standing.progress.is_done


@pytest.mark.usefixtures("leader")
def test_what_others_completed_does_not_count(group, taro, hanako, keiko, river, now):
    path = PathFactory()
    StepFactory(path=path, courses=[river])
    follow_path(group=group, path=path, by=keiko, at=now)
    complete(river, user=taro)

    (standing,) = standings_on_paths(group, members_of(group))
    assert not standing.progress.is_done


@pytest.mark.usefixtures("leader")
def test_standings_take_the_same_queries_for_one_and_three_steps(group, hanako, keiko, now):
    def ask(number):
        path = PathFactory()
        for _ in range(number):
            StepFactory(path=path, courses=[CourseFactory(), CourseFactory()])
        follow_path(group=group, path=path, by=keiko, at=now)
        return _queries(lambda: standings_on_paths(group, members_of(group)))

    assert ask(1) == ask(3)


def test_group_without_path_asks_for_no_completions(group, member):
    assert standings_on_paths(group, [member]) == []
    assert _queries(lambda: standings_on_paths(group, [member])) == 1


def test_members_and_invitations_are_apart(group, leader, member, invited):
    MembershipFactory(group=group, state="left")
    MembershipFactory()

    assert set(members_of(group)) == {leader, member}
    assert invited_to(group) == [invited]


def test_next_run_of_a_course_comes_with_its_date(river, now):
    near, far = CourseRunFactory(course=river), CourseRunFactory(course=river)
    SessionFactory(run=far, starts_at=now + timedelta(days=30))
    SessionFactory(run=near, starts_at=now + timedelta(days=3))

    assert coming_runs([river.pk], at=now) == {river.pk: near}


def test_runs_that_nobody_can_come_to_are_left_out(river, now):
    past = CourseRunFactory(course=river)
    SessionFactory(run=past, starts_at=now - timedelta(days=3))
    off = CourseRunFactory(course=river)
    SessionFactory(run=off, state="cancelled")
    planned = CourseRunFactory(course=river, state="planned")
    SessionFactory(run=planned)
    draft = CourseFactory(published_at=None)
    SessionFactory(run=CourseRunFactory(course=draft))

    assert coming_runs([river.pk, draft.pk], at=now) == {}


def test_coming_runs_take_the_same_queries_for_one_and_three(db, now):
    def ask(number):
        runs = [CourseRunFactory() for _ in range(number)]
        for run in runs:
            SeatPoolFactory(run=run)
            SessionFactory(run=run)
        courses = [run.course_id for run in runs]
        return _queries(lambda: coming_runs(courses, at=now))

    assert ask(1) == ask(3)


@pytest.mark.usefixtures("leader", "invited")
def test_own_groups_are_those_taken_part_in(group, member, hanako, taro):
    MembershipFactory(user=hanako, state="left")

    assert groups_of(hanako) == [member]
    assert groups_of(taro) == []


def test_own_groups_take_the_same_queries_for_one_and_three(db):
    def ask(number):
        person = UserFactory()
        for _ in range(number):
            MembershipFactory(user=person)
        return _queries(lambda: groups_of(person))

    assert ask(1) == ask(3)


def test_public_list_has_registered_groups_only(group):
    close(GroupFactory())

    assert list(public_groups()) == [group]


def test_path_of_a_member_who_left_is_not_counted(group, leader, member, river, keiko, now):
    path = PathFactory()
    StepFactory(path=path, courses=[river])
    follow_path(group=group, path=path, by=keiko, at=now)
    complete(river, user=member.user)
    assert standings_on_paths(group, members_of(group))[0].progress.is_done

    member.state = "left"
    member.left_at = NOON
    member.save()
    assert not standings_on_paths(group, members_of(group))[0].progress.is_done
