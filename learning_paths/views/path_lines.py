"""What a group's page says of its paths: what is done, by whom, and what comes next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.domain.queries import next_session
from courses.domain.reception import (
    facts_of,
    places_words,
    public_words,
    reception_status,
)
from courses.enums import CapacityUnit, ReceptionStatus
from courses.models import Course, CourseRun, Session
from courses.models.localised import in_english
from learning_paths.domain.membership import name_among_members
from learning_paths.domain.progress import CourseProgress, StepProgress
from learning_paths.domain.queries import (
    PathStanding,
    StepStanding,
    coming_runs,
    standings_on_paths,
)
from learning_paths.models import Group, Membership, Path


@dataclass(frozen=True)
class RunLine:
    """The next dates of a course that somebody still has to complete."""

    session: Session | None
    status: ReceptionStatus
    status_label: str
    places: str
    apply_code: str


@dataclass(frozen=True)
class CourseLine:
    title: str
    url: str
    is_done: bool
    names: Sequence[str]
    missing: str
    run: RunLine | None


@dataclass(frozen=True)
class StepLine:
    position: int
    title: str
    is_required: bool
    is_done: bool
    is_next: bool
    rule: str
    missing: str
    courses: Sequence[CourseLine]


@dataclass(frozen=True)
class PathLine:
    path: Path
    started_on: object
    is_done: bool
    steps_done: int
    steps_counted: int
    steps: Sequence[StepLine]


def path_lines(
    group: Group, members: Iterable[Membership], *, at: datetime
) -> list[PathLine]:
    users = [member.user for member in members if member.user is not None]
    names = {user.pk: name_among_members(user) for user in users}
    standings = standings_on_paths(group, users)
    runs = coming_runs(_courses_to_do(standings), at=at) if standings else {}
    return [_path_line(standing, names, runs, at) for standing in standings]


def _courses_to_do(standings: Iterable[PathStanding]) -> set[int]:
    return {
        course.course
        for standing in standings
        for step in standing.progress.steps
        if not step.is_done
        for course in step.courses
        if not course.is_done
    }


def _path_line(
    standing: PathStanding,
    names: Mapping[int, str],
    runs: Mapping[int, CourseRun],
    at: datetime,
) -> PathLine:
    progress = standing.progress
    return PathLine(
        path=standing.path,
        started_on=standing.followed.started_on,
        is_done=progress.is_done,
        steps_done=progress.steps_done,
        steps_counted=len(progress.that_count),
        steps=[
            _step_line(step, step.progress is progress.next_step, names, runs, at)
            for step in standing.steps
        ],
    )


def _step_line(
    standing: StepStanding,
    is_next: bool,
    names: Mapping[int, str],
    runs: Mapping[int, CourseRun],
    at: datetime,
) -> StepLine:
    step, progress = standing.step, standing.progress
    return StepLine(
        position=step.position,
        title=(in_english() and step.name_en) or step.name,
        is_required=step.is_required,
        is_done=progress.is_done,
        is_next=is_next,
        rule=rule_words(progress),
        missing=missing_words(progress),
        courses=[
            _course_line(
                standing.courses[course.course], course, progress.is_done, names, runs, at
            )
            for course in progress.courses
        ],
    )


def _course_line(
    course: Course,
    progress: CourseProgress,
    step_is_done: bool,
    names: Mapping[int, str],
    runs: Mapping[int, CourseRun],
    at: datetime,
) -> CourseLine:
    run = None if step_is_done or progress.is_done else runs.get(course.pk)
    missing = progress.members_missing
    return CourseLine(
        title=(in_english() and course.title_en) or course.title,
        url=course.get_absolute_url() if course.is_public else "",
        is_done=progress.is_done,
        names=[name for user, name in names.items() if user in progress.members],
        missing=ngettext("あと%(n)d人", "あと%(n)d人", missing) % {"n": missing}
        if missing and progress.members and not step_is_done
        else "",
        run=_run_line(run, at) if run is not None else None,
    )


def _run_line(run: CourseRun, at: datetime) -> RunLine:
    facts = facts_of(run, at=at)
    status = reception_status(facts, at=at)
    takes = status in (ReceptionStatus.OPEN, ReceptionStatus.WAITING_LIST)
    return RunLine(
        session=next_session(run, at=at),
        status=status,
        status_label=public_words(facts, status),
        places=places_words(facts, status, CapacityUnit(run.capacity_unit)),
        apply_code=run.code if takes else "",
    )


def rule_words(progress: StepProgress) -> str:
    """What the step asks for, in one sentence."""
    plan, offered = progress.plan, len(progress.courses)
    members = plan.needed_members
    if offered == 1:
        return ngettext(
            "%(n)d人以上が修了すると達成です。",
            "%(n)d人以上が修了すると達成です。",
            members,
        ) % {"n": members}
    if plan.needed_courses == offered:
        words = _("すべての講座を、それぞれ%(members)d人以上が修了すると達成です。")
    else:
        words = _("%(courses)dつの講座を、それぞれ%(members)d人以上が修了すると達成です。")
    return words % {"courses": plan.needed_courses, "members": members}


def missing_words(progress: StepProgress) -> str:
    """How much is left, none when done."""
    left = progress.completions_missing
    if left is None:
        return _("このステップの講座は準備中です。")
    if left == 0:
        return ""
    return ngettext("あと%(n)d人の修了で達成", "あと%(n)d人の修了で達成", left) % {
        "n": left
    }
