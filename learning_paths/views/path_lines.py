"""What a group's page says of its paths: what is done, by whom, and what comes next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.domain.wording import done_day_words
from courses.models import Competency, Course
from courses.models.localised import in_english
from enrollments.models import Certificate
from learning_paths.domain.member_names import name_of_member
from learning_paths.domain.path_certificates import certificates_of
from learning_paths.domain.progress import CourseProgress
from learning_paths.domain.standings import PathStanding, StepStanding
from learning_paths.domain.step_words import (
    day,
    missing_words,
    rule_sentences,
    why_not_words,
)
from learning_paths.enums import Counting, StepKind
from learning_paths.models import Membership, Path
from learning_paths.views.run_lines import ComingRuns, RunLine, coming_for

# Of the many courses of a theme, those with dates are shown, and these many of them.
MOST_OF_A_THEME = 4


@dataclass(frozen=True)
class CourseLine:
    title: str
    url: str
    is_done: bool
    done_by: Sequence[str]
    missing: str
    run: RunLine | None


@dataclass(frozen=True)
class StepLine:
    """`is_open`: nothing has to be done before; `more` leads to the other courses of a
    theme, `kept` says under which version it was done."""

    key: int
    position: int
    title: str
    is_required: bool
    is_done: bool
    is_open: bool
    is_next: bool
    rules: Sequence[str]
    missing: str
    courses: Sequence[CourseLine]
    passed_over: Sequence[str]
    competencies: Sequence[Competency]
    more: str
    kept: str


@dataclass(frozen=True)
class PathLine:
    path: Path
    version: int
    is_behind: bool
    started_on: date
    is_done: bool
    steps_done: int
    steps_counted: int
    optional: str
    steps: Sequence[StepLine]
    certificate: Certificate | None = None

    @property
    def next_step(self) -> StepLine | None:
        return next((step for step in self.steps if step.is_next), None)


@dataclass(frozen=True)
class NextUp:
    """The step to go on with; `course` is the one of it that can be joined first."""

    line: PathLine
    step: StepLine
    course: CourseLine | None


def next_up(lines: Sequence[PathLine]) -> NextUp | None:
    """Of the path that can be gone on with soonest; none where nothing is left."""
    found = [
        NextUp(line, step, _joined_first(step))
        for line in lines
        if (step := line.next_step) is not None
    ]
    return min(found, key=lambda one: _wait(one.course), default=None)


def _joined_first(step: StepLine) -> CourseLine | None:
    dated = [course for course in step.courses if course.run is not None]
    return min(dated, key=_wait, default=None)


def _wait(course: CourseLine | None) -> tuple[bool, float]:
    run = course.run if course else None
    return (run is None or not run.apply_code, _first_date(run))


def lines_of(
    standings: Sequence[PathStanding], members: Sequence[Membership], *, at: datetime
) -> list[PathLine]:
    names = {member.pk: name_of_member(member) for member in members}
    runs = coming_for(standings, members, names, at=at)
    certified = certificates_of(one.followed for one in standings if one.progress.is_done)
    return [_path_line(standing, names, runs, certified) for standing in standings]


def _path_line(
    standing: PathStanding,
    names: Mapping[int, str],
    runs: ComingRuns,
    certified: Mapping[int, Certificate],
) -> PathLine:
    progress = standing.progress
    return PathLine(
        path=standing.path,
        version=standing.followed.version.number,
        is_behind=standing.is_behind,
        started_on=standing.followed.started_on,
        is_done=progress.is_done,
        steps_done=progress.steps_done,
        steps_counted=progress.steps_counted,
        optional=_optional_words(standing),
        steps=[
            _step_line(
                step,
                is_open=step.progress in progress.open_steps,
                is_next=not progress.is_done and step.progress is progress.next_step,
                names=names,
                runs=runs,
            )
            for step in standing.steps
        ],
        certificate=certified.get(standing.followed.pk),
    )


def _optional_words(standing: PathStanding) -> str:
    needed, there = standing.progress.optional_needed, len(standing.progress.optional)
    if not needed or not standing.progress.required:
        return ""
    words = _("任意の%(all)dステップのうち%(needed)dステップも達成に数えます。")
    return words % {"all": there, "needed": needed}


def _step_line(
    standing: StepStanding,
    *,
    is_open: bool,
    is_next: bool,
    names: Mapping[int, str],
    runs: ComingRuns,
) -> StepLine:
    step, progress = standing.step, standing.progress
    lines = [
        _course_line(standing, standing.courses[course.course], course, names, runs)
        for course in progress.courses
    ]
    return StepLine(
        key=step.pk,
        position=step.position,
        title=step.label,
        is_required=step.is_required,
        is_done=progress.is_done,
        is_open=is_open,
        is_next=is_next,
        rules=rule_sentences(step, offered=len(progress.courses)),
        missing=missing_words(progress),
        courses=_worth_showing(step.kind, lines),
        passed_over=[
            why_not_words(why, progress.plan, names[done.member], done.on)
            for done, why in progress.passed_over
            if done.member in names and not progress.is_done
        ],
        competencies=list(step.competencies.all()),
        more=_more_of(standing),
        kept=_kept_words(standing),
    )


def _worth_showing(kind: str, lines: Sequence[CourseLine]) -> Sequence[CourseLine]:
    """Of a theme, what somebody completed or can join next; of a list, everything."""
    if kind not in (StepKind.THEME, StepKind.JOINT):
        return lines
    done = [line for line in lines if line.done_by]
    coming = [line for line in lines if line.run is not None and not line.done_by]
    coming.sort(key=lambda line: _first_date(line.run))
    return done + coming[:MOST_OF_A_THEME]


def _first_date(run: RunLine | None) -> float:
    known = run is not None and run.session is not None
    return run.session.starts_at.timestamp() if known else float("inf")


def _more_of(standing: StepStanding) -> str:
    """The catalogue's question for the other courses, while the step is to be done."""
    step = standing.step
    if standing.progress.is_done:
        return ""
    if step.theme is not None:
        return f"theme={step.theme.key}"
    if step.kind == StepKind.JOINT:
        return "kind=joint_session"
    return ""


def _kept_words(standing: StepStanding) -> str:
    kept = standing.kept
    if kept is None:
        return ""
    words = _("第%(version)d版で達成したステップです（%(day)sに引継ぎ）。")
    return words % {"version": kept.version.number, "day": day(kept.kept_on)}


def _course_line(
    standing: StepStanding,
    course: Course,
    progress: CourseProgress,
    names: Mapping[int, str],
    runs: ComingRuns,
) -> CourseLine:
    step = standing.progress
    first = {
        done.member: done.on for done in step.counted if done.course == progress.course
    }
    missing = progress.members_missing
    each = step.plan.counting == Counting.EACH
    said = missing and progress.members and each and not step.is_done
    to_do = not (step.is_done or progress.is_done)
    return CourseLine(
        title=(in_english() and course.title_en) or course.title,
        url=course.get_absolute_url() if course.is_public else "",
        is_done=progress.is_done,
        done_by=[
            _("%(name)s（%(day)s）")
            % {"name": name, "day": done_day_words(first[key], english=in_english())}
            for key, name in names.items()
            if key in first
        ],
        missing=ngettext("あと%(n)d人", "あと%(n)d人", missing) % {"n": missing}
        if said
        else "",
        run=runs.line(course.pk, completed=progress.members) if to_do else None,
    )
