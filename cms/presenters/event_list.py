"""A plan to take a list over, as the person who decides reads it: refused rows first,
then what is new, what changes, what to look at, and what stays."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from courses.domain.event_facts import Problem
from courses.domain.event_plan import Change, CourseStep, ImportPlan, RunStep
from courses.domain.fiscal_year import fiscal_year_label
from courses.enums import Delivery
from courses.exchange.event_list.report import Report, field_words
from courses.models import Course, CourseRun, Session

REFUSED, NEW, CHANGED, NOTES, SAME = "refused", "new", "changed", "notes", "same"


@dataclass(frozen=True)
class FieldChange:
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class SessionLine:
    words: str
    is_new: bool
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class RunLines:
    words: str
    is_new: bool
    changes: tuple[FieldChange, ...]
    sessions: tuple[SessionLine, ...]


@dataclass(frozen=True)
class Entry:
    """One thing to read: a row with a sentence, or a course. `pk` leads to a course
    that is there; `note` warns of one of the same name."""

    group: str
    words: str
    row: int | None = None
    pk: int | None = None
    about: str = ""
    note: str = ""
    runs: tuple[RunLines, ...] = field(default=())


@dataclass(frozen=True)
class Group:
    key: str
    heading: str
    number: int
    page: int


def headings() -> dict[str, str]:
    return {
        REFUSED: _("取り込めない行"),
        NEW: _("新しい講座"),
        CHANGED: _("変わる講座"),
        NOTES: _("確かめてほしいこと"),
        SAME: _("そのままの講座"),
    }


@dataclass(frozen=True)
class Preview:
    """`sections` gives the names of the sections by code."""

    plan: ImportPlan
    sections: Mapping[str, str]
    today: date

    @property
    def report(self) -> Report:
        return Report(self.plan, self.sections, self.today)

    def entries(self) -> list[Entry]:
        plan = self.plan
        namesakes = _namesakes(plan)
        return [
            *(_row(REFUSED, problem) for problem in plan.rejected),
            *(self._course(NEW, step, namesakes) for step in plan.new_courses),
            *(self._course(CHANGED, step) for step in plan.changed_courses),
            *(_row(NOTES, problem) for problem in plan.notes),
            *(self._course(SAME, step) for step in plan.unchanged_courses),
        ]

    def _course(
        self, group: str, step: CourseStep, namesakes: frozenset[str] = frozenset()
    ) -> Entry:
        facts = step.facts
        rows = sorted({m.row for run in step.runs for s in run.sessions for m in s.rows})
        about = _("%(kind)s、%(section)s、%(rows)s行目") % {
            "kind": facts.kind.label,
            "section": self.report.section_words(step.department),
            "rows": "、".join(str(row) for row in rows),
        }
        note = ""
        if facts.title in namesakes:
            note = _("同じ名前の講座がすでにあります。取り込むと二つになります。")
        runs = () if group == SAME else tuple(self._runs(step))
        return Entry(group, facts.title, pk=step.pk, about=about, note=note, runs=runs)

    def _runs(self, step: CourseStep) -> Iterator[RunLines]:
        for run in step.runs:
            sessions = tuple(
                SessionLine(
                    self.report.session_words(one.facts),
                    one.pk is None,
                    self._changes(one.changes, Session),
                )
                for one in run.sessions
                if one.pk is None or one.changes
            )
            if run.pk is None or run.changes or sessions:
                changes = self._changes(run.changes, CourseRun)
                yield RunLines(_run_words(run), run.pk is None, changes, sessions)

    def _changes(
        self, changes: tuple[Change, ...], model: type[CourseRun] | type[Session]
    ) -> tuple[FieldChange, ...]:
        words = self.report.value_words
        return tuple(
            FieldChange(
                field_words(model, change.field), words(change.before), words(change.after)
            )
            for change in changes
        )


def _row(group: str, problem: Problem) -> Entry:
    return Entry(group, problem.text, row=problem.row)


def _run_words(run: RunStep) -> str:
    facts = run.facts
    told = [fiscal_year_label(facts.fiscal_year), facts.label]
    if run.pk is None:
        online = facts.delivery != Delivery.VENUE
        told += [str(facts.selection_mode.label), facts.venue]
        told += [str(facts.delivery.label) if online else ""]
    return " ".join(part for part in told if part)


def _namesakes(plan: ImportPlan) -> frozenset[str]:
    """Of the new courses, the names that a course here has already."""
    titles = {step.facts.title for step in plan.new_courses}
    there = Course.objects.filter(title__in=titles).values_list("title", flat=True)
    return frozenset(there)


def groups_of(entries: list[Entry], *, per_page: int) -> list[Group]:
    """Each group that has entries, with the page on which it begins."""
    found: dict[str, list[int]] = {}
    for place, entry in enumerate(entries):
        found.setdefault(entry.group, []).append(place)
    words = headings()
    return [
        Group(key, words[key], len(places), places[0] // per_page + 1)
        for key, places in found.items()
    ]
