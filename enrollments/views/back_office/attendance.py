"""Attendance of a session. For staff of the section."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.domain.access import log_access
from accounts.domain.refusal import Refusal
from accounts.domain.sections import require_section
from accounts.forms.fields import row_number
from courses.models import Session
from enrollments.domain.attendance import (
    COUNTS_AS_ATTENDED,
    record_attendance,
    roster_of,
)
from enrollments.domain.mark_clashes import clashes_shown
from enrollments.enums import AttendanceStatus
from enrollments.models import Attendance
from enrollments.views.back_office.frame import run_page


def session_for(request: HttpRequest, pk: int) -> Session:
    """The session, for staff of its section only."""
    session = get_object_or_404(
        Session.objects.select_related(
            "run__course__department", "run__venue", "venue", "room__venue"
        ),
        pk=pk,
    )
    require_section(request.user, session.run.course.department)
    return session


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """One row per person; only what this form changed is written, so that two people
    at the door do not undo each other's marks."""
    session = session_for(request, pk)
    refusal = None
    if request.method == "POST":
        try:
            changed = _record(request, session)
        except Refusal as found:
            refusal = found
        else:
            messages.success(
                request,
                ngettext(
                    "%(n)d人の出席を記録しました。",
                    "%(n)d人の出席を記録しました。",
                    changed,
                )
                % {"n": changed},
            )
            return redirect("manage_attendance", pk)
    people = roster_of(session)
    present = dict(
        Attendance.objects.filter(session=session).values_list("participant", "status")
    )
    log_access(
        subject=f"出席簿 {session.run.code} 第{session.number}回",
        people=len(people),
        by=request.user,
        at=timezone.now(),
    )
    return run_page(
        request,
        "manage/attendance.html",
        session.run,
        title=_("第%(number)s回の出席") % {"number": session.number},
        status=409 if refusal else 200,
        session=session,
        rows=[(person, present.get(person.pk, "")) for person in people],
        came=sum(status in COUNTS_AS_ATTENDED for status in present.values()),
        statuses=AttendanceStatus.choices,
        clashes=clashes_shown(session),
        refusal=refusal,
    )


def _record(request: HttpRequest, session: Session) -> int:
    """Raises: as `record_attendance`."""
    marks = _marks(request)
    return record_attendance(
        session=session,
        marks=marks,
        seen=_seen(request, marks),
        by=request.user,
        at=timezone.now(),
    )


def _seen(request: HttpRequest, marks: Iterable[int]) -> dict[int, str]:
    """What the form showed of those who were marked."""
    shown = {pk: request.POST.get(f"was-{pk}") for pk in marks}
    return {pk: was for pk, was in shown.items() if was is not None}


def _marks(request: HttpRequest) -> dict[int, AttendanceStatus | None]:
    """What differs from what the form showed; 「全員出席」 fills the rows left empty."""
    everybody = request.POST.get("everybody") == "present"
    marks: dict[int, AttendanceStatus | None] = {}
    for name, value in request.POST.items():
        kind, _dash, key = name.partition("-")
        participant = row_number(key)
        if kind != "mark" or not participant:
            continue
        if everybody and not value:
            value = AttendanceStatus.PRESENT
        if value == request.POST.get(f"was-{key}", ""):
            continue
        if value and value not in AttendanceStatus.values:
            continue
        marks[participant] = AttendanceStatus(value) if value else None
    return marks
