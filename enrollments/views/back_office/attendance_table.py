"""出席の一覧 of a run: people by sessions. For staff of the section."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.domain.access import log_access
from enrollments.domain.attendance_table import attendance_table
from enrollments.domain.attendance_words import MARKS
from enrollments.views.back_office.frame import run_for, run_page


@never_cache
@require_safe
def attendances(request: HttpRequest, code: str) -> HttpResponse:
    run = run_for(request, code)
    table = attendance_table(run)
    now = timezone.now()
    subject = f"出席の一覧 {run.code}"
    log_access(subject=subject, people=len(table.rows), by=request.user, at=now)
    return run_page(
        request,
        "manage/attendances.html",
        run,
        title=_("出席の一覧"),
        current="manage_attendances",
        table=table,
        columns=list(zip(table.sessions, table.came, strict=True)),
        signs=[(facts.sign, status.label) for status, facts in MARKS.items()],
        now=now,
    )
