"""A plan in words, for whoever decides whether to apply it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Choices
from django.utils.translation import gettext as _

from courses.domain.event_facts import Problem, SessionFacts
from courses.domain.event_plan import (
    HOLDING_SECTION,
    Change,
    CourseStep,
    ImportPlan,
    RunStep,
)
from courses.domain.fiscal_year import fiscal_year_label
from courses.domain.wording import day_words, moment_words, range_words
from courses.enums import Delivery
from courses.models import CourseRun, SeatPool, Session

SHOWN = 40
MOST_ROWS = 8


def problem_words(problem: Problem) -> str:
    if problem.row is None:
        return f"{problem.file} {problem.text}"
    words = _("%(file)s %(row)d行目 %(text)s")
    return words % {"file": problem.file, "row": problem.row, "text": problem.text}


@dataclass(frozen=True)
class Report:
    """`sections` gives the names of the sections by code."""

    plan: ImportPlan
    sections: Mapping[str, str]
    today: date

    def lines(self) -> Iterator[str]:
        """Counts, then what is new or changes, then every problem with its row."""
        yield from self.counts()
        courses = (
            (_("■ 新しい講座"), self.plan.new_courses),
            (_("■ 変わる講座"), self.plan.changed_courses),
        )
        for heading, steps in courses:
            yield from ["", heading] if steps else []
            for step in steps:
                yield from self._course(step)
        problems = (
            (_("■ 取り込めない行"), self.plan.rejected),
            (_("■ 確かめてほしいこと"), self.plan.notes),
        )
        for heading, found in problems:
            yield from ["", heading] if found else []
            yield from (f"・{problem_words(problem)}" for problem in found)

    def counts(self) -> Iterator[str]:
        plan = self.plan
        used = len(plan.used_rows)
        words = _("行 %(rows)d（取り込む %(used)d、取り込めない %(rejected)d）")
        yield words % {"rows": plan.rows, "used": used, "rejected": plan.rows - used}
        words = _("講座 新しい %(new)d、変わる %(changed)d、そのまま %(same)d")
        yield words % {
            "new": len(plan.new_courses),
            "changed": len(plan.changed_courses),
            "same": len(plan.unchanged_courses),
        }
        runs = [run for course in plan.courses for run in course.runs]
        new_sessions = [s for run in runs for s in run.sessions if s.pk is None]
        words = _("開催 新しい %(runs)d、回 新しい %(sessions)d、会場 新しい %(venues)d")
        yield words % {
            "runs": sum(1 for run in runs if run.pk is None),
            "sessions": len(new_sessions),
            "venues": len({place.venue for place in plan.places}),
        }

    def _course(self, course: CourseStep) -> Iterator[str]:
        rows = sorted({m for run in course.runs for s in run.sessions for m in s.rows})
        numbers = "、".join(str(mark.row) for mark in rows[:MOST_ROWS])
        more = "…" if len(rows) > MOST_ROWS else ""
        yield _("・%(title)s（%(kind)s、%(section)s、%(rows)s行目）") % {
            "title": course.facts.title,
            "kind": course.facts.kind.label,
            "section": self.section_words(course.department),
            "rows": f"{numbers}{more}",
        }
        for run in course.runs:
            touched = [step for step in run.sessions if step.pk is None or step.changes]
            if run.pk is None or run.changes or touched:
                yield from self._run(run)

    def section_words(self, code: str) -> str:
        if code == HOLDING_SECTION:
            return _("担当課未定")
        return self.sections.get(code, code)

    def _run(self, run: RunStep) -> Iterator[str]:
        facts = run.facts
        told = [fiscal_year_label(facts.fiscal_year), facts.label]
        if run.pk is None:
            told.append(str(facts.selection_mode.label))
            online = facts.delivery != Delivery.VENUE
            told += [facts.venue, str(facts.delivery.label) if online else ""]
        yield "　" + " ".join(part for part in told if part)
        for change in run.changes:
            yield f"　　{self.change_words(change, CourseRun)}"
        for step in run.sessions:
            if step.pk is None:
                yield f"　　＋{self.session_words(step.facts)}"
            for change in step.changes:
                when = self.session_words(step.facts)
                yield f"　　{when} {self.change_words(change, Session)}"

    def session_words(self, facts: SessionFacts) -> str:
        if not facts.is_all_day:
            when = range_words(facts.starts_at, facts.ends_at, today=self.today)
        else:
            when = day_words(facts.starts_at, today=self.today)
            if facts.last_day != facts.starts_at.date():
                when = f"{when}〜{day_words(facts.last_day, today=self.today)}"
        note = shortened(facts.time_note)
        parts = (when, f"（{note}）" if note else "", facts.title, facts.venue, facts.room)
        return " ".join(part for part in parts if part)

    def change_words(self, change: Change, model: type[CourseRun] | type[Session]) -> str:
        return _("%(field)s: %(before)s → %(after)s") % {
            "field": field_words(model, change.field),
            "before": self.value_words(change.before),
            "after": self.value_words(change.after),
        }

    def value_words(self, value: object) -> str:
        if isinstance(value, datetime):
            return moment_words(value, today=self.today)
        if isinstance(value, bool):
            return _("はい") if value else _("いいえ")
        if isinstance(value, Choices):
            return str(value.label)
        if value is None or value == "":
            return _("なし")
        return f"「{shortened(str(value))}」"


def shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"


def field_words(model: type[CourseRun] | type[Session], name: str) -> str:
    owner = SeatPool if name == "capacity" else model
    return str(getattr(owner._meta.get_field(name), "verbose_name", name))
