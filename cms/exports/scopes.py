"""Of which run, section and year a list is, by what the person may see."""

from datetime import datetime

from django.db.models import QuerySet

from accounts.domain.refusal import NotAllowed
from accounts.domain.sections import section_of, works_for
from accounts.models import Department, User
from cms.exports.kinds import ExportKind
from courses.exchange.exports.source import Scope
from courses.models import CourseRun


def runs_for(kind: ExportKind, user: User) -> QuerySet[CourseRun]:
    runs = CourseRun.objects.select_related("course").order_by("-fiscal_year", "-code")
    if user.is_superuser or kind.of_all_sections:
        return runs
    return runs.filter(course__department=section_of(user))


def scope_for(
    kind: ExportKind,
    user: User,
    *,
    at: datetime,
    run: CourseRun | None = None,
    department: Department | None = None,
    fiscal_year: int | None = None,
) -> Scope:
    """Raises: NotAllowed for a run or a section that is not the person's."""
    own = section_of(user)
    if not kind.of_all_sections:
        if run and not works_for(user, run.course.department):
            raise NotAllowed
        if not user.is_superuser:
            if department and department != own:
                raise NotAllowed
            department = own
    asks_section = kind.of_runs or kind.of_years
    return Scope(
        at=at,
        run=run if kind.of_runs else None,
        department=department if asks_section else None,
        fiscal_year=fiscal_year if asks_section else None,
        own=own,
        sees_all=user.is_superuser,
    )
