"""What a path asks for: steps that can be finished, versions that stay what they were."""

import pytest

from courses.enums import CourseKind
from learning_paths.domain.making import StepDraft
from learning_paths.domain.path_refusals import (
    NotAJointSession,
    StepAsksTooMuch,
    StepNameless,
    StepNeedsASeries,
    StepNeedsATheme,
    StepNeedsCourses,
    StepsInACircle,
    TooManyOptional,
)
from learning_paths.domain.versions import arrange_steps, current_version, steps_of
from learning_paths.enums import MemberRole, StepKind
from learning_paths.models import PathVersion, Step
from tests.factories import CourseFactory, PathFactory, StepFactory, ThemeFactory
from tests.learning_paths.series import series_of


@pytest.fixture
def path(db):
    return PathFactory()


@pytest.fixture
def river(db):
    return CourseFactory()


@pytest.fixture
def arrange(path, now):
    def arranged(*drafts, **more):
        return arrange_steps(path=path, drafts=drafts, by=None, at=now, **more)

    return arranged


def _steps(version):
    return list(version.steps.values_list("position", "name"))


def _again(path, **changes):
    """The steps in force as drafts, as the form sends them back."""
    return [
        StepDraft(
            key=step.key,
            name=changes.get(step.name, step.name),
            courses=tuple(course.pk for course in step.courses.all()),
            needed_members=step.needed_members,
        )
        for step in steps_of(current_version(path))
    ]


def test_steps_are_written_in_order(arrange, river):
    safety = CourseFactory()
    version = arrange(
        StepDraft(name=" 知る ", courses=(river.pk,)),
        StepDraft(
            name="守る",
            name_en="Protect",
            courses=(river.pk, safety.pk),
            needed_courses=2,
            needed_members=3,
            is_required=False,
            needed_role=MemberRole.LEADER,
            fresh_months=24,
            within_months=12,
            after=(1,),
        ),
    )
    assert version.number == 1
    assert _steps(version) == [(1, "知る"), (2, "守る")]
    first, second = steps_of(version)
    assert (second.name_en, second.needed_courses, second.needed_members) == (
        "Protect",
        2,
        3,
    )
    assert (second.needed_role, second.fresh_months, second.within_months) == (
        "leader",
        24,
        12,
    )
    assert second.is_required is False
    assert set(second.courses.all()) == {river, safety}
    assert list(second.after.all()) == [first]


def test_another_wording_stays_in_the_same_version(arrange, path, river):
    first = arrange(StepDraft(name="知る", courses=(river.pk,)))
    again = arrange(*_again(path, 知る="川を知る"))

    assert again == first
    assert _steps(first) == [(1, "川を知る")]


@pytest.mark.parametrize(
    "change",
    [
        {"needed_members": 2},
        {"is_required": False},
        {"needed_role": MemberRole.LEADER},
        {"fresh_months": 12},
        {"kind": StepKind.JOINT},
    ],
)
def test_another_rule_makes_the_next_version_and_leaves_the_former(
    change, arrange, path, now
):
    joint = CourseFactory(kind=CourseKind.JOINT_SESSION)
    first = arrange(StepDraft(name="知る", courses=(joint.pk,)))
    key = first.steps.get().key
    draft = StepDraft(**{"name": "知る", "courses": (joint.pk,), "key": key, **change})
    second = arrange(draft, note="条件を変えました")

    assert (second.number, second.note, second.made_at) == (2, "条件を変えました", now)
    assert second.steps.get().key == key
    former = first.steps.get()
    assert (former.needed_members, former.is_required, former.kind) == (1, True, "courses")
    assert current_version(path) == second


def test_another_order_makes_the_next_version_with_the_same_keys(arrange, path, river):
    first = arrange(
        StepDraft(name="一", courses=(river.pk,)), StepDraft(name="二", courses=(river.pk,))
    )
    second = arrange(*reversed(_again(path)))

    assert _steps(second) == [(1, "二"), (2, "一")]
    assert _steps(first) == [(1, "一"), (2, "二")]
    assert {step.key for step in first.steps.all()} == {
        step.key for step in second.steps.all()
    }


def test_key_of_another_path_is_not_taken(arrange, river):
    foreign = StepFactory(name="よその")
    version = arrange(StepDraft(key=foreign.key, name="新", courses=(river.pk,)))

    foreign.refresh_from_db()
    assert foreign.name == "よその"
    assert version.steps.get().key != foreign.key


def test_how_many_optional_steps_are_needed_is_part_of_the_version(arrange, path, river):
    first = arrange(StepDraft(name="知る", courses=(river.pk,), is_required=False))
    draft = StepDraft(
        name="知る",
        courses=(river.pk,),
        is_required=False,
        key=first.steps.get().key,
    )
    second = arrange(draft, needed_optional=1)

    assert (second.number, second.needed_optional) == (2, 1)
    with pytest.raises(TooManyOptional):
        arrange(draft, needed_optional=2)


def test_units_of_a_series_are_written_down_as_they_are(arrange, path):
    series = series_of(3)
    units = [unit.course for unit in series.units.all()]
    draft = StepDraft(name="学ぶ", kind=StepKind.SERIES, series=series.pk, needed_courses=0)
    version = arrange(draft)
    step = version.steps.get()
    assert (set(step.courses.all()), step.needed_courses) == (set(units), 3)

    series.units.filter(course=units[0]).delete()
    assert set(version.steps.get().courses.all()) == set(units)
    newer = arrange(
        StepDraft(
            name="学ぶ",
            kind=StepKind.SERIES,
            series=series.pk,
            needed_courses=0,
            key=step.key,
        )
    )
    assert (newer.number, newer.steps.get().needed_courses) == (2, 2)


@pytest.mark.parametrize(
    ("draft", "refusal"),
    [
        ({"name": " "}, StepNameless),
        ({"needed_courses": 2}, StepAsksTooMuch),
        ({"courses": ()}, StepNeedsCourses),
        ({"kind": StepKind.THEME}, StepNeedsATheme),
        ({"kind": StepKind.SERIES}, StepNeedsASeries),
        ({"kind": StepKind.JOINT}, NotAJointSession),
        ({"after": (1,)}, StepsInACircle),
    ],
)
def test_refused_step_leaves_the_path_as_it_was(draft, refusal, path, river, arrange):
    StepFactory(path=path, position=1, name="一")
    with pytest.raises(refusal):
        arrange(StepDraft(**{"name": "新", "courses": (river.pk,), **draft}))
    assert PathVersion.objects.count() == 1
    assert _steps(current_version(path)) == [(1, "一")]


def test_steps_that_wait_for_each_other_are_named(arrange, river):
    with pytest.raises(StepsInACircle) as refused:
        arrange(
            StepDraft(name="一", courses=(river.pk,)),
            StepDraft(name="二", courses=(river.pk,), after=(1, 3)),
            StepDraft(name="三", courses=(river.pk,), after=(2,)),
        )
    assert "二、三" in str(refused.value)
    assert Step.objects.count() == 0


def test_one_course_chosen_twice_is_one(arrange, river):
    with pytest.raises(StepAsksTooMuch):
        arrange(StepDraft(name="新", courses=(river.pk,) * 2, needed_courses=2))
    assert Step.objects.count() == 0


def test_theme_needs_no_courses(arrange, db):
    theme = ThemeFactory()
    version = arrange(StepDraft(name="知る", kind=StepKind.THEME, theme=theme.pk))

    assert version.steps.get().theme == theme
