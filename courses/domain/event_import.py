"""An imported list is applied whole or not at all; nothing is deleted, and no window
for applications is opened: where people apply is what the list says in words."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max

from accounts.models import Department, User
from courses.domain.announcing import may_announce
from courses.domain.change_words import run_words, session_words
from courses.domain.changes import change_record, differences, record_all
from courses.domain.event_bookings import free_what_changes, lock_bookings, teach
from courses.domain.event_facts import CourseFacts
from courses.domain.event_places import PlaceBook
from courses.domain.event_plan import (
    HOLDING_SECTION,
    Change,
    CourseStep,
    ImportPlan,
    RunStep,
    SessionStep,
)
from courses.domain.making import free_slug
from courses.domain.places_told import places_told
from courses.domain.revision import revised
from courses.domain.sessions import was_announced
from courses.enums import ChangeAct, PoolKind, RunState, SessionState
from courses.models import ChangeRecord, Course, CourseRun, SeatPool, Session

OUT_OF_THE_WAY = 10_000
# Of RunFacts, what is not a plain column of the run.
NOT_COLUMNS = frozenset({"capacity", "venue"})


@dataclass(frozen=True)
class MadeCourse:
    """A course that the import made, with the words for its page."""

    course: Course
    facts: CourseFacts


def apply_plan(*, plan: ImportPlan, by: User | None, at: datetime) -> list[MadeCourse]:
    """Make and change everything in one transaction; returns the new courses.

    The plan has to be computed in the same transaction, from a locked known state.
    """
    known = [run.pk for step in plan.courses for run in step.runs if run.pk]
    sessions = Session.objects.filter(run__in=known)
    with transaction.atomic(), revised(sessions, at=at), places_told(sessions, at=at):
        importing = _Import(plan, by, at)
        made = [importing.course(step) for step in plan.courses]
        record_all(importing.records)
        return [course for course in made if course is not None]


class _Import:
    """One application of one plan: its places, sections and codes."""

    def __init__(self, plan: ImportPlan, by: User | None, at: datetime) -> None:
        self.by, self.at = by, at
        self.places = PlaceBook(plan)
        self.sections = _sections(plan)
        self.serials: Counter[int] = Counter()
        self.records: list[ChangeRecord] = []
        lock_bookings(plan, self.places.rooms)
        self.before = free_what_changes(plan, at=at)

    def course(self, step: CourseStep) -> MadeCourse | None:
        if step.pk is None:
            facts = step.facts
            course = Course.objects.create(
                slug=free_slug(facts.title),
                title=facts.title,
                title_kana=facts.title_kana,
                title_en=facts.title_en,
                summary=facts.summary,
                kind=facts.kind,
                department=self.sections[step.department],
                import_key=facts.key,
                created_at=self.at,
            )
            self._note(course)
        else:
            course = Course.objects.get(pk=step.pk)
        for run in step.runs:
            if run.pk is None:
                self._make_run(course, run)
            elif run.changes or any(s.books_anew for s in run.sessions):
                self._change_run(run.pk, run)
        return MadeCourse(course, step.facts) if step.pk is None else None

    def _make_run(self, course: Course, step: RunStep) -> None:
        facts = step.facts
        columns = {k: v for k, v in asdict(facts).items() if k not in NOT_COLUMNS}
        if self.by and not may_announce(course, by=self.by):
            columns["state"] = RunState.PLANNED
        run = CourseRun.objects.create(
            course=course,
            code=self._code(facts.fiscal_year),
            venue=self.places.venue(facts.venue),
            waiting_list=False,
            import_key=_run_key(course, step),
            created_at=self.at,
            created_by=self.by,
            **columns,
        )
        SeatPool.objects.create(run=run, kind=PoolKind.GENERAL, capacity=facts.capacity)
        self._note(run)
        self._add_sessions(run, step.sessions, after=0)

    def _change_run(self, pk: int, step: RunStep) -> None:
        run = CourseRun.objects.select_related("course", "venue").get(pk=pk)
        before = run_words(run, at=self.at)
        for change in step.changes:
            self._set_on_run(run, change)
        run.save()
        self._note(run, before, run_words(run, at=self.at))
        for session in step.sessions:
            if session.pk is not None and session.changes:
                self._change_session(run, session.pk, session)
        new = [session for session in step.sessions if session.pk is None]
        if new:
            last = run.sessions.aggregate(Max("number"))["number__max"] or 0
            self._add_sessions(run, new, after=last)
            if not was_announced(run):
                _number_by_date(run)

    def _set_on_run(self, run: CourseRun, change: Change) -> None:
        if change.field == "capacity":
            run.pools.filter(kind=PoolKind.GENERAL).update(capacity=change.after)
        elif change.field == "venue":
            run.venue = self.places.venue(str(change.after))
        else:
            setattr(run, change.field, change.after)

    def _change_session(self, run: CourseRun, pk: int, step: SessionStep) -> None:
        """Another start makes an announced session 「日時変更」."""
        session = Session.objects.get(pk=pk)
        facts = step.facts
        if session.starts_at != facts.starts_at and was_announced(run):
            first = session.former_starts_at or session.starts_at
            back = first == facts.starts_at
            session.former_starts_at = None if back else first
            session.state = SessionState.SCHEDULED if back else SessionState.MOVED
        for change in step.changes:
            if change.field not in ("venue", "room"):
                setattr(session, change.field, change.after)
        session.venue = self.places.venue(facts.venue)
        session.room = self.places.room(facts.venue, facts.room)
        session.sequence += 1
        session.revised_at = self.at
        session.save()
        teach(session, step)
        self._note(session, self.before[pk], session_words(session, at=self.at))

    def _add_sessions(
        self, run: CourseRun, steps: Iterable[SessionStep], after: int
    ) -> None:
        in_order = sorted(steps, key=lambda step: step.facts.key)
        made = Session.objects.bulk_create(
            Session(
                run=run,
                number=number,
                title=step.facts.title,
                starts_at=step.facts.starts_at,
                ends_at=step.facts.ends_at,
                is_all_day=step.facts.is_all_day,
                time_note=step.facts.time_note,
                venue=self.places.venue(step.facts.venue),
                room=self.places.room(step.facts.venue, step.facts.room),
                created_at=self.at,
                revised_at=self.at,
            )
            for number, step in enumerate(in_order, start=after + 1)
        )
        for session, step in zip(made, in_order, strict=True):
            teach(session, step)

    def _note(
        self,
        subject: Course | CourseRun | Session,
        before: Mapping[str, str] | None = None,
        after: Mapping[str, str] | None = None,
    ) -> None:
        """For the record of changes; without words it was made."""
        fields = differences(before or {}, after or {})
        if before is None or fields:
            self.records.append(
                change_record(
                    subject=subject,
                    act=ChangeAct.IMPORTED,
                    by=self.by,
                    at=self.at,
                    fields=fields,
                )
            )

    def _code(self, year: int) -> str:
        """年度-serial, after the highest there is."""
        if year not in self.serials:
            codes = CourseRun.objects.filter(code__regex=rf"^{year}-\d+$")
            serials = (int(c.split("-")[1]) for c in codes.values_list("code", flat=True))
            self.serials[year] = max(serials, default=0)
        self.serials[year] += 1
        return f"{year}-{self.serials[year]:04}"


def _sections(plan: ImportPlan) -> dict[str, Department]:
    """The sections that new courses go to; the holding section is made when needed.

    Residents see its name until the course gets its own section: the city's.
    """
    codes = {step.department for step in plan.new_courses}
    if HOLDING_SECTION in codes:
        Department.objects.get_or_create(
            code=HOLDING_SECTION,
            defaults={"name": settings.CITY_NAME[:60], "sort_order": 9999},
        )
    return {section.code: section for section in Department.objects.filter(code__in=codes)}


def _run_key(course: Course, step: RunStep) -> str:
    """The course's key and the first start, counted on where that is there already."""
    first = min(session.facts.starts_at for session in step.sessions)
    base = f"{course.import_key}/{first:%Y%m%dT%H%M}"
    taken = set(
        CourseRun.objects.filter(import_key__startswith=base).values_list(
            "import_key", flat=True
        )
    )
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    return key


def _number_by_date(run: CourseRun) -> None:
    """While nobody was told the numbers. All step aside first: they are unique in a run."""
    in_order = list(run.sessions.order_by("starts_at", "number"))
    moving = {s.pk: n for n, s in enumerate(in_order, start=1) if s.number != n}
    run.sessions.filter(pk__in=moving).update(number=F("number") + OUT_OF_THE_WAY)
    for pk, number in moving.items():
        run.sessions.filter(pk=pk).update(number=number)
