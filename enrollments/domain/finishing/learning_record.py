"""学びの記録: what one person attended and completed, by fiscal year, with the certificates
and the milestones reached. Of an account it holds what `own_completions` would count; of a
secret link the people of that application only."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.domain.contact import kana_key
from accounts.models import User
from courses.domain.fiscal_year import fiscal_year_of
from courses.models import CourseRun, Session
from enrollments.domain.attendance import COUNTS_AS_ATTENDED
from enrollments.domain.finishing.milestones import Goal, Reached, next_goal, reached
from enrollments.domain.finishing.reckoning import Reckoning
from enrollments.domain.finishing.reckonings import reckonings
from enrollments.domain.queries import applications_of
from enrollments.enums import AttendanceStatus, MilestoneSpan
from enrollments.models import (
    Application,
    Attendance,
    Certificate,
    Completion,
    Milestone,
    Participant,
)


@dataclass(frozen=True)
class Attended:
    """One mark; `where` is the session that was really attended."""

    session: Session
    where: Session
    status: AttendanceStatus

    @property
    def counts(self) -> bool:
        return self.status in COUNTS_AS_ATTENDED


@dataclass(frozen=True)
class CourseRecord:
    """One person in one run. `certificates` are the valid ones."""

    participant: Participant
    run: CourseRun
    marks: Sequence[Attended]
    reckoning: Reckoning
    completion: Completion | None
    certificates: Sequence[Certificate]

    @property
    def attended(self) -> int:
        return sum(mark.counts for mark in self.marks)


@dataclass(frozen=True)
class YearRecord:
    fiscal_year: int
    courses: Sequence[CourseRecord]
    attended: int
    completed: int


@dataclass(frozen=True)
class LearningRecord:
    """`milestones` with what they are called; `ahead` is the next one and how many
    sessions are left."""

    years: Sequence[YearRecord]
    attended: int
    completed: int
    milestones: Sequence[tuple[Milestone, Reached]]
    ahead: tuple[Milestone, int] | None


def record_of(user: User, *, at: datetime) -> LearningRecord:
    """A household may share an address, so what was applied for without an account
    counts only under the account's own reading of the name."""
    kana = kana_key(user.full_name_kana)
    applied = Q(is_applicant=True, application__in=applications_of(user))
    people = _people().filter(applied | Q(user=user))
    return _record(
        [
            person
            for person in people
            if user.pk in (person.user_id, person.application.user_id)
            or (kana and kana_key(person.full_name_kana) == kana)
        ],
        at=at,
    )


def record_of_application(application: Application, *, at: datetime) -> LearningRecord:
    """Of everybody in it. Milestones, which are one person's, are left out."""
    people = list(_people().filter(application=application))
    return _record(people, at=at, with_milestones=False)


def days_attended(marks: Iterable[Attended]) -> list[date]:
    return [timezone.localdate(one.where.starts_at) for one in marks if one.counts]


def goals_of(milestones: Iterable[Milestone]) -> list[Goal]:
    return [Goal(one.pk, MilestoneSpan(one.span), one.sessions) for one in milestones]


def _people() -> QuerySet[Participant]:
    return Participant.objects.select_related(
        "application__run__course__department", "application__pool"
    ).order_by("pk")


def _record(
    people: Sequence[Participant], *, at: datetime, with_milestones: bool = True
) -> LearningRecord:
    courses = _courses(people, at=at)
    days = days_attended(mark for one in courses for mark in one.marks)
    named = {one.pk: one for one in Milestone.objects.all()} if with_milestones else {}
    goals = goals_of(named.values())
    ahead = next_goal(days, goals)
    return LearningRecord(
        years=_years(courses),
        attended=len(days),
        completed=sum(one.completion is not None for one in courses),
        milestones=[(named[one.goal.key], one) for one in reached(days, goals)],
        ahead=(named[ahead[0].key], ahead[1]) if ahead else None,
    )


def _courses(people: Sequence[Participant], *, at: datetime) -> list[CourseRecord]:
    """Only where something is recorded."""
    keys = [person.pk for person in people]
    marks = _marks(keys)
    completions = {
        one.participant_id: one for one in Completion.objects.filter(participant__in=keys)
    }
    certificates: dict[int | None, list[Certificate]] = defaultdict(list)
    valid = Certificate.objects.filter(participant__in=keys, revoked_at=None)
    for certificate in valid.order_by("fiscal_year", "serial"):
        certificates[certificate.participant_id].append(certificate)
    there = [one for one in people if one.pk in marks or one.pk in completions]
    reckoned = reckonings(there, at=at)
    return [
        CourseRecord(
            participant=person,
            run=person.application.run,
            marks=marks.get(person.pk, []),
            reckoning=reckoned[person.pk],
            completion=completions.get(person.pk),
            certificates=certificates[person.pk],
        )
        for person in there
    ]


def _marks(people: Sequence[int]) -> dict[int, list[Attended]]:
    found: dict[int, list[Attended]] = defaultdict(list)
    rows = Attendance.objects.filter(participant__in=people).select_related(
        "session", "made_up_in"
    )
    for row in rows.order_by("session__starts_at", "session__number"):
        mark = Attended(
            session=row.session,
            where=row.made_up_in or row.session,
            status=AttendanceStatus(row.status),
        )
        found[row.participant_id].append(mark)
    return dict(found)


def _years(courses: Iterable[CourseRecord]) -> list[YearRecord]:
    """By the year of the run, newest first; sessions by the year in which they were."""
    by_year: dict[int, list[CourseRecord]] = defaultdict(list)
    attended: dict[int, int] = defaultdict(int)
    for one in courses:
        by_year[one.run.fiscal_year].append(one)
        for day in days_attended(one.marks):
            attended[fiscal_year_of(day)] += 1
    return [
        YearRecord(
            fiscal_year=year,
            courses=sorted(by_year[year], key=_last_day, reverse=True),
            attended=attended[year],
            completed=sum(one.completion is not None for one in by_year[year]),
        )
        for year in sorted({*by_year, *attended}, reverse=True)
    ]


def _last_day(one: CourseRecord) -> tuple[float, int]:
    last = max((mark.where.starts_at.timestamp() for mark in one.marks), default=0.0)
    return last, one.participant.pk
