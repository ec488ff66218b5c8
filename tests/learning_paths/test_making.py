import pytest

from learning_paths.domain.making import StepDraft, arrange_steps
from learning_paths.domain.refusals import StepAsksTooMuch, StepNameless
from learning_paths.models import Step
from tests.factories import CourseFactory, PathFactory, StepFactory


@pytest.fixture
def path(db):
    return PathFactory()


@pytest.fixture
def river(db):
    return CourseFactory()


def _steps(path):
    return list(path.steps.values_list("position", "name"))


def test_steps_are_written_in_order(path, river):
    safety = CourseFactory()
    arrange_steps(
        path=path,
        drafts=[
            StepDraft(name=" 知る ", courses=(river.pk,)),
            StepDraft(
                name="守る",
                name_en="Protect",
                courses=(river.pk, safety.pk),
                needed_courses=2,
                needed_members=3,
                is_required=False,
            ),
        ],
    )
    assert _steps(path) == [(1, "知る"), (2, "守る")]
    second = path.steps.get(position=2)
    assert (second.name_en, second.needed_courses, second.needed_members) == (
        "Protect",
        2,
        3,
    )
    assert second.is_required is False
    assert set(second.courses.all()) == {river, safety}


def test_steps_change_places_and_keep_their_rows(path, river):
    first = StepFactory(path=path, position=1, name="一")
    second = StepFactory(path=path, position=2, name="二")
    arrange_steps(
        path=path,
        drafts=[
            StepDraft(key=second.pk, name="二", courses=(river.pk,)),
            StepDraft(name="新", courses=(river.pk,)),
            StepDraft(key=first.pk, name="一", courses=(river.pk,)),
        ],
    )
    assert _steps(path) == [(1, "二"), (2, "新"), (3, "一")]
    assert path.steps.get(position=3) == first


def test_steps_left_out_are_removed(path, river):
    StepFactory(path=path, position=1)
    arrange_steps(path=path, drafts=[StepDraft(name="新", courses=(river.pk,))])

    assert _steps(path) == [(1, "新")]


def test_step_of_another_path_is_not_taken(path, river):
    foreign = StepFactory(name="よその")
    arrange_steps(
        path=path, drafts=[StepDraft(key=foreign.pk, name="新", courses=(river.pk,))]
    )

    foreign.refresh_from_db()
    assert foreign.name == "よその"
    assert _steps(path) == [(1, "新")]


@pytest.mark.parametrize(
    ("name", "needed", "refusal"), [(" ", 1, StepNameless), ("新", 2, StepAsksTooMuch)]
)
def test_refused_step_leaves_the_path_as_it_was(name, needed, refusal, path, river):
    StepFactory(path=path, position=1, name="一")
    with pytest.raises(refusal):
        arrange_steps(
            path=path,
            drafts=[StepDraft(name=name, courses=(river.pk,), needed_courses=needed)],
        )
    assert _steps(path) == [(1, "一")]


def test_one_course_chosen_twice_is_one(path, river):
    with pytest.raises(StepAsksTooMuch):
        arrange_steps(
            path=path,
            drafts=[StepDraft(name="新", courses=(river.pk,) * 2, needed_courses=2)],
        )
    assert Step.objects.count() == 0
