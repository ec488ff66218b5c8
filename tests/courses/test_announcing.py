"""Where the city wants approval, a new run of a public course waits for its head."""

import pytest

from accounts.domain.refusal import NotAllowed
from courses.domain.announcing import (
    AlreadyAnnounced,
    NeedsHead,
    announce_run,
    may_announce,
)
from courses.domain.offering import add_run, revise_run
from courses.domain.run_plan import RunPlan
from courses.models import ChangeRecord, Course, CourseRun
from tests.factories import (
    NOON,
    CourseFactory,
    CourseRunFactory,
    SessionFactory,
    StaffProfileFactory,
)

pytestmark = pytest.mark.django_db
PLAN = RunPlan(selection_mode="open")


def wanted() -> bool:
    return True


def not_wanted() -> bool:
    return False


@pytest.fixture(autouse=True)
def approval(settings) -> None:
    settings.APPROVAL_NEEDED = f"{__name__}.wanted"


@pytest.fixture
def course() -> Course:
    return CourseFactory()


@pytest.fixture
def officer(course):
    return StaffProfileFactory(department=course.department).user


@pytest.fixture
def head(course):
    return StaffProfileFactory(department=course.department, role="head").user


def _added(course: Course, by) -> CourseRun:
    return add_run(course=course, plan=PLAN, sessions=[], by=by, at=NOON)


def test_run_added_by_an_officer_waits_and_by_a_head_does_not(course, officer, head):
    assert _added(course, officer).state == "planned"
    assert _added(course, head).state == "announced"


def test_nothing_waits_where_no_approval_is_wanted(settings, course, officer):
    settings.APPROVAL_NEEDED = f"{__name__}.not_wanted"

    assert _added(course, officer).state == "announced"


def test_run_of_a_draft_does_not_wait_as_its_page_does(officer, course):
    Course.objects.update(published_at=None)

    assert _added(Course.objects.get(), officer).state == "announced"


def test_saving_a_waiting_run_does_not_announce_it(course, officer, head):
    run = _added(course, officer)

    assert revise_run(run=run, plan=PLAN, by=officer, at=NOON).state == "planned"
    assert revise_run(run=run, plan=PLAN, by=head, at=NOON).state == "announced"


def test_announced_run_is_still_changed_by_officers(course, officer):
    run = CourseRunFactory(course=course)
    plan = RunPlan(selection_mode="open", bring="筆記用具")
    changed = revise_run(run=run, plan=plan, by=officer, at=NOON)

    assert (changed.state, changed.bring) == ("announced", "筆記用具")


def test_head_announces_what_no_calendar_showed_before(course, officer, head):
    run = _added(course, officer)
    session = SessionFactory(run=run, number=1)
    announce_run(run=run, by=head, at=NOON)

    run.refresh_from_db()
    session.refresh_from_db()
    assert (run.state, session.sequence) == ("announced", 0)
    record = ChangeRecord.objects.get(act="published")
    assert (record.by, record.fields) == (head, [["開催状況", "準備中", "公開"]])


def test_officer_announces_nothing(course, officer):
    run = _added(course, officer)

    with pytest.raises(NeedsHead):
        announce_run(run=run, by=officer, at=NOON)
    run.refresh_from_db()
    assert run.state == "planned"


def test_head_of_another_section_announces_nothing(course, officer):
    stranger = StaffProfileFactory(role="head").user

    with pytest.raises(NotAllowed):
        announce_run(run=_added(course, officer), by=stranger, at=NOON)
    assert not may_announce(course, by=stranger)


def test_announced_run_is_not_announced_again(course, head):
    with pytest.raises(AlreadyAnnounced):
        announce_run(run=_added(course, head), by=head, at=NOON)


def at_a_set_time(course: Course) -> bool:
    return True


def test_run_of_a_draft_that_goes_live_by_itself_waits(settings, officer, course):
    Course.objects.update(published_at=None)
    course.refresh_from_db()
    settings.GOES_LIVE_BY_ITSELF = f"{__name__}.at_a_set_time"

    assert _added(course, officer).state == "planned"
