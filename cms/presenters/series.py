"""A series as its page shows it: the units with what is next, and how far the reader is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from accounts.models import User
from cms.presenters.calendars import calendar_of
from cms.presenters.cards import CourseCard, cards_for
from courses.domain.series import SeriesStanding, UnitStanding, standings_of
from courses.enums import ReceptionStatus
from courses.models import Course, Series
from enrollments.domain.along_a_series import progress_through
from enrollments.domain.series.own import own_series
from enrollments.domain.shared_findings.reading import Told, published, told
from enrollments.enums import UnitProgress

FINDINGS_SHOWN = 3
TAKING = frozenset({ReceptionStatus.OPEN, ReceptionStatus.WAITING_LIST})


@dataclass(frozen=True)
class UnitLine:
    standing: UnitStanding
    card: CourseCard
    progress: UnitProgress | None


def series_context(series: Series, *, user: Any, at: datetime) -> dict[str, Any]:
    standing = standings_of([series], at=at)[0]
    known = progress_of(standing, user, at=at)
    return {
        "standing": standing,
        "units": (units := unit_lines(standing, known, at=at)),
        "takes_applications": any(one.card.status in TAKING for one in units),
        "own": own_series(user, among=[series])[0] if known else None,
        "department": series.department,
        "partners": series.partners.all(),
        "feed": calendar_of(series),
        "told": found_in(series),
    }


def found_in(series: Series) -> list[Told]:
    """What joint sessions about the issue, or among the units, came to."""
    about = Q(course__themes=series.theme_id) | Q(course__units__series=series)
    found = published().filter(course__in=Course.objects.public())
    return told(found.filter(about).distinct(), most=FINDINGS_SHOWN)


def progress_of(
    standing: SeriesStanding, user: Any, *, at: datetime
) -> dict[int, UnitProgress]:
    """By course; empty for somebody who is not signed in."""
    if not isinstance(user, User) or not standing.units:
        return {}
    courses = [unit.unit.course_id for unit in standing.units]
    return progress_through(courses, user=user, at=at)


def unit_lines(
    standing: SeriesStanding, known: dict[int, UnitProgress], *, at: datetime
) -> list[UnitLine]:
    keys = [unit.unit.course_id for unit in standing.units]
    cards = cards_for(keys, at=at)
    return [
        UnitLine(unit, card, known.get(key))
        for unit, key, card in zip(standing.units, keys, cards, strict=True)
    ]
