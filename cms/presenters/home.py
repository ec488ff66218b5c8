"""What the front page shows: what can be learned now."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import OuterRef, Subquery

from cms.models.news import NewsPage
from cms.presenters.cards import cards_for
from courses.domain.fiscal_year import TOKYO
from courses.domain.queries import PLACES, taking_applications
from courses.domain.series import standings_of
from courses.enums import CourseKind, RunState
from courses.models import Course, Series, Session, Stage
from courses.models.querysets import SessionQuerySet

WEEK = timedelta(days=7)
OPEN_SHOWN, WEEK_SHOWN, NEWS_SHOWN, SERIES_SHOWN = 6, 10, 3, 4


def home_context(*, at: datetime) -> dict[str, Any]:
    series = Series.objects.filter(page__live=True).order_by("title")[:SERIES_SHOWN]
    return {
        "open_cards": cards_for(open_now(at), at=at, all_to_come=True),
        "stages": Stage.objects.all(),
        "series": standings_of(series, at=at),
        "joint_session": next_joint_session(at),
        "this_week": sessions_until(_end_of_week(at), at=at)[:WEEK_SHOWN],
        "news": NewsPage.objects.live().public().order_by("-dated_on", "-pk")[:NEWS_SHOWN],
    }


def _end_of_week(at: datetime) -> datetime:
    """Seven days on at midnight, as a page that is kept turns then."""
    return datetime.combine(at.astimezone(TOKYO).date() + WEEK, time.min, tzinfo=TOKYO)


def open_now(at: datetime) -> list[int]:
    """Courses one can apply for now, soonest deadline first."""
    runs = taking_applications(at).filter(course=OuterRef("pk"))
    deadlines = runs.order_by("applications_close_at").values("applications_close_at")
    courses = (
        Course.objects.public()
        .exclude(kind=CourseKind.STAFF_TRAINING)
        .annotate(closes_at=Subquery(deadlines[:1]))
        .filter(closes_at__isnull=False)
        .order_by("closes_at", "pk")
    )
    return list(courses.values_list("pk", flat=True)[:OPEN_SHOWN])


def sessions_until(end: datetime, *, at: datetime) -> SessionQuerySet:
    return (
        Session.objects.public()
        .upcoming(at)
        .filter(starts_at__lt=end)
        .exclude(run__course__kind=CourseKind.STAFF_TRAINING)
        .select_related("run__course", *PLACES)
        .order_by("starts_at", "pk")
    )


def next_joint_session(at: datetime) -> Session | None:
    return (
        Session.objects.public()
        .held()
        .upcoming(at)
        .filter(run__course__kind=CourseKind.JOINT_SESSION, run__state=RunState.ANNOUNCED)
        .select_related("run__course", *PLACES)
        .order_by("starts_at")
        .first()
    )
