"""The officer's own words on a run: kept apart from its facts, saved by themselves, and
never undone by a form that was opened before a colleague saved."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal
from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.locking import lock_run
from courses.models import CourseRun
from enrollments.models import RunReport


class WrittenMeanwhile(Refusal):
    sentence = _(
        "ほかの人が先に保存しました。いまの文章を下に示します。必要なところを書き加えて、もう一度保存してください。"
    )


def report_of(run: CourseRun, *, at: datetime) -> RunReport:
    """The one that was written, or an empty one, not saved."""
    found = RunReport.objects.filter(run=run).select_related("written_by").first()
    return found or RunReport(run=run, written_at=at)


def write_report(
    *,
    run: CourseRun,
    reflections: str,
    next_time: str,
    seen: int,
    by: User,
    at: datetime,
) -> RunReport:
    """`seen` is the version that the form showed. Raises: NotAllowed, WrittenMeanwhile."""
    with transaction.atomic():
        locked = lock_run(run.pk)
        require_section(by, locked.course.department)
        report = report_of(locked, at=at)
        if report.version != seen:
            raise WrittenMeanwhile
        if (report.reflections, report.next_time) == (reflections, next_time):
            return report
        report.reflections, report.next_time = reflections, next_time
        report.version += 1
        report.written_at, report.written_by = at, by
        report.save()
    return report
