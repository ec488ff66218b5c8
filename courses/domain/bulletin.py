"""Which courses stand in the city bulletin of a month: those that first meet in it, or
those for which applications begin in it; what was called off stands in none."""

from datetime import date, datetime, time

from django.db.models import Min, Prefetch, Q
from django.db.models.functions import Coalesce

from accounts.models import Department
from courses.domain.co_hosting import seen_by
from courses.domain.fiscal_year import TOKYO, era_year
from courses.domain.queries import with_facts
from courses.enums import BulletinMonth, RunState
from courses.models import Course, CourseRun, Instructor
from courses.models.querysets import HELD, CourseRunQuerySet


def month_after(month: date) -> date:
    """The first day of the next month; of the month after today, for the editor."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def month_words(month: date) -> str:
    """令和8年12月, as the bulletin dates itself."""
    return f"{era_year(month)}年{month.month}月"


def runs_of_month(month: date, *, by: BulletinMonth) -> CourseRunQuerySet:
    """In order of their first session, with what the copy says of them. Where nobody
    has to apply, or from no set day, the first session counts either way."""
    begins, ends = _begin(month), _begin(month_after(month))
    first_start = Min("sessions__starts_at", filter=Q(sessions__state__in=HELD))
    runs = CourseRun.objects.exclude(state=RunState.CANCELLED)
    known = runs.annotate(first_start=first_start, counts=first_start)
    if by == BulletinMonth.APPLICATIONS:
        counts = Coalesce("applications_open_at", first_start)
        known = runs.annotate(first_start=first_start, counts=counts)
    found = known.filter(counts__gte=begins, counts__lt=ends).order_by(
        "first_start", "code"
    )
    return with_copy(found)


def of_section(runs: CourseRunQuerySet, section: Department) -> CourseRunQuerySet:
    """The section's own and co-hosted ones, drafts too: copy is due before they appear."""
    return runs.filter(course__in=seen_by(section))


def for_staff(runs: CourseRunQuerySet, section: Department | None) -> CourseRunQuerySet:
    """Those of every section that are public, and the own section's drafts."""
    public = CourseRun.objects.public().values("pk")
    chosen = Q(pk__in=public)
    if section is not None:
        chosen |= Q(course__in=seen_by(section))
    return runs.filter(chosen)


def with_copy(runs: CourseRunQuerySet) -> CourseRunQuerySet:
    public = Prefetch("course__instructors", Instructor.objects.public())
    courses = Prefetch(
        "course", Course.objects.select_related("department").prefetch_related("themes")
    )
    return with_facts(runs).prefetch_related(
        courses,
        public,
        "course__audiences",
        "requirements__completed_course",
        "course__partnerships__partner",
    )


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=TOKYO)
