"""To which run the rows of a list of courses belong, and what they say of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from accounts.domain.sections import require_section
from accounts.models import Department
from courses.domain.course_facts import CourseFacts
from courses.domain.fiscal_year import fiscal_year_of
from courses.domain.run_plan import RunPlan
from courses.enums import CourseKind, PoolKind
from courses.exchange.columns.column import Column
from courses.exchange.course_columns import COURSE_COLUMNS, OF_COURSE
from courses.exchange.plans.row import ReadRow
from courses.exchange.plans.setting import Setting
from courses.exchange.run_columns import OF_RUN
from courses.models import Course, CourseRun, Session

# Columns of the run that the plan of a run knows under the same name.
RUN_FACTS = tuple(one.name for one in OF_RUN if one.name not in ("code", "capacity"))
COLUMNS: Mapping[str, Column] = {column.name: column for column in COURSE_COLUMNS}


@dataclass
class Target:
    """The run that rows belong to, as it will be after the rows so far. `line` and `said`
    are those of the first row that was not refused; `key` is what its rows share."""

    key: tuple[str, ...]
    department: Department
    title: str
    line: int
    said: dict[str, Any]
    course: Course | None = None
    run: CourseRun | None = None
    sessions: list[Session] = field(default_factory=list)
    new_numbers: set[int] = field(default_factory=set)


class RunTargets:
    """Found once for all rows of a run. What a refused row says is forgotten with it: a
    list is applied without such rows, and has to come to the same."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.known: dict[tuple[str, ...], Target] = {}
        self.begun: dict[tuple[str, ...], Target] = {}
        self.sections = {
            word: section
            for section in Department.objects.all()
            for word in (section.code, section.name)
        }

    def of(self, row: ReadRow) -> Target:
        """Raises: NotAllowed, ValueError."""
        code, title, label = row.get("code"), row.get("title"), row.get("label")
        department = self._department(row)
        key = ("code", code) if code else ("name", department.code, title, label)
        if key in self.known:
            return self.known[key]
        # By name it depends on the day which year's run is meant.
        year = str(fiscal_year_of(row.get("day")))
        target = self.begun.get((*key, year))
        if target is None:
            target = Target(key, department, title, row.line, {})
            self._look_up(target, row)
            self.begun[*key, year] = target
        self._begin_with(target, row)
        return target

    def keep(self, target: Target) -> None:
        """A row of it was planned for good: the rows after it belong to the same run."""
        self.known.setdefault(target.key, target)

    def _begin_with(self, target: Target, row: ReadRow) -> None:
        """Raises: Refusal where a new run cannot be as the row says."""
        columns = (*OF_COURSE, *OF_RUN)
        target.line = row.line
        target.said = {c.name: row.values[c.name] for c in columns if c.name in row.given}
        if target.run is None:
            self.facts(target)
            self.run_plan(target).check(is_public=False)

    def _look_up(self, target: Target, row: ReadRow) -> None:
        """Raises: NotAllowed, ValueError."""
        code = row.get("code")
        runs = CourseRun.objects.select_related("course__department", "venue")
        if code:
            run = runs.filter(code=code).first()
            if run is None:
                words = _(
                    "開催番号「%(code)s」の開催はありません。新しい開催は空けておきます。"
                )
                raise ValueError(words % {"code": code})
            target.course, target.run = run.course, run
        else:
            self._find(target, row, runs)
        course = target.course
        require_section(self.setting.by, course.department if course else target.department)
        if target.run is not None:
            kept = target.run.sessions.select_related("venue", "room__venue", "run__venue")
            target.sessions = list(kept.prefetch_related("instructors"))

    def _find(self, target: Target, row: ReadRow, runs: Any) -> None:
        """By name. Raises: ValueError where several are meant."""
        courses = Course.objects.filter(title=target.title, department=target.department)
        found = list(courses.select_related("department")[:2])
        if len(found) > 1:
            raise ValueError(
                _("同じ名前の講座がいくつもあります。開催番号を書いてください。")
            )
        if not found:
            return
        target.course = found[0]
        same = runs.filter(
            course=found[0],
            label=row.get("label"),
            fiscal_year=fiscal_year_of(row.get("day")),
        )
        named = list(same[:2])
        if len(named) > 1:
            raise ValueError(
                _("同じ名前の開催がいくつもあります。開催番号を書いてください。")
            )
        target.run = named[0] if named else None

    def _department(self, row: ReadRow) -> Department:
        """Raises: ValueError."""
        name = row.get("department")
        found = self.sections.get(name) if name else self.setting.department
        if found is None:
            words = _("担当課「%(name)s」がわかりません。課の名前を書いてください。")
            raise ValueError(words % {"name": name})
        return found

    def require_same(self, target: Target, row: ReadRow) -> None:
        """Raises: ValueError where the facts of a run differ from what they are."""
        if target.run is None:
            told = {n: row.values[n] for n in target.said if n in row.given}
            other = [n for n, value in told.items() if value != target.said[n]]
            words = _("「%(headings)s」が、同じ開催の%(line)d行目とちがいます。")
        else:
            other = self._differ(target, row)
            words = _(
                "「%(headings)s」が、いまの開催とちがいます。ここでは変えられません。"
                "開催の画面で変えてください。"
            )
        if other:
            headings = "」「".join(COLUMNS[name].heading for name in other)
            raise ValueError(words % {"headings": headings, "line": target.line})

    def _differ(self, target: Target, row: ReadRow) -> list[str]:
        if not target.sessions:
            return []
        about = target.sessions[0]
        facts = [one for one in (*OF_COURSE, *OF_RUN) if one.name in row.given]
        return [
            one.name
            for one in facts
            if str(one.widget.render(row.values[one.name])) != one.write(about)
        ]

    def facts(self, target: Target) -> CourseFacts:
        said = target.said
        return CourseFacts(
            title=target.title,
            department=target.department,
            kind=CourseKind(said.get("kind", CourseKind.COURSE)),
            title_kana=said.get("title_kana", ""),
            summary=said.get("summary", ""),
        )

    def run_plan(self, target: Target) -> RunPlan:
        """Hidden until an officer announces it."""
        facts = {n: target.said[n] for n in RUN_FACTS if n in target.said}
        places = {PoolKind.GENERAL: target.said.get("capacity")}
        return RunPlan(**facts, announced=False, places=places)
