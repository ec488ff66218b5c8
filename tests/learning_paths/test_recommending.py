"""What groups let recommend, to their members and to themselves."""

import pytest

from enrollments.domain.recommending.ranking import Ground
from enrollments.domain.recommending.rules import Rule
from learning_paths.domain.activities import end_activity
from learning_paths.domain.queries import members_of
from learning_paths.domain.recommending import grounds_of_person, recommended_to_group
from learning_paths.domain.stages import stage_history
from learning_paths.domain.standings import standings_on_paths
from learning_paths.enums import MemberRole
from learning_paths.models import Activity
from tests.enrollments.recommending.test_person import offered
from tests.factories import (
    CourseFactory,
    GroupFactory,
    MembershipFactory,
    PathFactory,
    StageFactory,
    StepFactory,
    ThemeFactory,
)
from tests.learning_paths.closing import close


def follow(group, now, *steps, name="道"):
    """A path with these steps, which the group begins."""
    path = PathFactory(name=name)
    made = [StepFactory(path=path, position=n, **step) for n, step in enumerate(steps, 1)]
    group.paths.create(path=path, version=made[0].version, started_on=now.date())
    return path


def told(group, *, at):
    members = members_of(group)
    return recommended_to_group(
        group,
        members,
        standings_on_paths(group, members),
        stage_history(group),
        at=at,
    )


def test_the_next_step_and_another_open_one_are_told_apart(leader, keiko, now):
    first, second = CourseFactory(), CourseFactory()
    follow(leader.group, now, {"courses": [first]}, {"courses": [second]})
    assert grounds_of_person(keiko) == {
        Ground(Rule.NEXT_STEP, first.pk, "道"),
        Ground(Rule.OPEN_STEP, second.pk, "道"),
    }


def test_a_step_for_leaders_is_for_leaders(leader, member, keiko, hanako, now):
    course = CourseFactory()
    step = {"courses": [course], "needed_role": MemberRole.LEADER}
    follow(leader.group, now, step)
    assert grounds_of_person(keiko) == {Ground(Rule.NEXT_STEP, course.pk, "道")}
    assert grounds_of_person(hanako) == frozenset()


def test_a_path_that_was_stopped_says_nothing(leader, keiko, now):
    follow(leader.group, now, {"courses": [CourseFactory()]})
    leader.group.paths.update(stopped_on=now.date())
    assert grounds_of_person(keiko) == frozenset()


def test_stages_are_the_last_ones_of_the_group_and_of_what_goes_on(leader, keiko, now):
    group = leader.group
    before, now_at, of_activity = (StageFactory(name=name) for name in "前今川")
    activity = Activity.objects.create(group=group, name="川の清掃", begun_at=now)
    for stage, about in ((before, None), (now_at, None), (of_activity, activity)):
        group.stage_records.create(
            stage=stage, activity=about, as_of=now.date(), recorded_at=now
        )
    assert {ground.name for ground in grounds_of_person(keiko)} == {"今", "川"}
    end_activity(activity=activity, by=keiko, at=now)
    assert {ground.name for ground in grounds_of_person(keiko)} == {"今"}


def test_a_group_that_is_no_longer_registered_says_nothing(leader, keiko, now):
    leader.group.themes.add(ThemeFactory(name="防災"))
    assert len(grounds_of_person(keiko)) == 1
    close(leader.group)
    assert grounds_of_person(keiko) == frozenset()


def test_outsiders_and_former_members_get_nothing(leader, taro, now):
    leader.group.themes.add(ThemeFactory(name="防災"))
    MembershipFactory(group=leader.group, user=taro, state="left", left_at=now)
    assert grounds_of_person(taro) == frozenset()


@pytest.mark.parametrize("number", [1, 3])
def test_queries_stay_the_same_with_more_groups(
    number, keiko, now, django_assert_num_queries
):
    for _one in range(number):
        group = GroupFactory(area="北部")
        group.themes.add(ThemeFactory())
        MembershipFactory(group=group, user=keiko)
        MembershipFactory(group=group)
        follow(group, now, {"courses": [CourseFactory()]})
    with django_assert_num_queries(13):
        assert len(grounds_of_person(keiko)) == 2 * number + 1


def test_a_group_is_recommended_its_next_step_with_the_reason(leader, now):
    run = offered("川を知る")
    follow(leader.group, now, {"courses": [run.course]}, name="川の道")
    (found,) = told(leader.group, at=now)
    assert [reason.words for reason in found.reasons] == [
        "団体の道すじ「川の道」の次のステップです",
        "いま募集中です",
        "申込みの締切まで2週間以内です",
    ]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_a_groups_queries_stay_the_same(number, leader, now, django_assert_num_queries):
    theme = ThemeFactory(name="防災")
    leader.group.themes.add(theme)
    for _one in range(number):
        offered(themes=[theme])
    members, history = members_of(leader.group), stage_history(leader.group)
    with django_assert_num_queries(12):
        found = recommended_to_group(leader.group, members, [], history, at=now)
    assert len(found) == number
