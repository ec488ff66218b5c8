"""The door of a session on a phone: one tap a person. Without a script each tap sends a
form, and the menu is a page."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.domain.access import log_access
from accounts.domain.refusal import Refusal
from accounts.forms.fields import row_number
from courses.models import Session
from enrollments.domain.attendance import Mark, record_marks, sessions_to_make_up_in
from enrollments.domain.attendance_words import MARKS
from enrollments.domain.door import DoorRow, door_list, is_counted_only
from enrollments.domain.door_numbers import open_key
from enrollments.domain.making_up import came_from_elsewhere, may_come_from_elsewhere
from enrollments.domain.mark_clashes import clashes_shown, settle_clash
from enrollments.enums import AttendanceStatus, MarkOutcome, MarkSource
from enrollments.models import AttendanceMark, HeadCount
from enrollments.views.door.frame import WITH_CAMERA, at_the_door
from enrollments.views.door.kana_rows import with_first_of_row


@require_safe
@at_the_door
def door(request: HttpRequest, session: Session) -> HttpResponse:
    now = timezone.now()
    people = door_list(session)
    query = request.GET.get("q", "").strip()
    only_left = request.GET.get("left") == "1"
    rows = people.of(query, only_left=only_left)
    log_access(
        subject=f"受付 {session.run.code} 第{session.number}回",
        people=len(rows),
        by=request.user,
        at=now,
    )
    context = {
        **page_of(session),
        "people": people,
        "rows": with_first_of_row(rows),
        "query": query,
        "only_left": only_left,
        "statuses": _menu(),
        "clashes": clashes_shown(session),
        "visitors": came_from_elsewhere(session),
        "takes_visitors": may_come_from_elsewhere(session).exists(),
        "key": open_key(session, at=now),
        "counted_only": is_counted_only(session.run),
        "head_count": HeadCount.objects.filter(session=session).first(),
        "now": now,
        "is_over": session.ends_at <= now,
    }
    response = render(request, "enrollments/door/door.html", context)
    response["Permissions-Policy"] = WITH_CAMERA
    return response


def page_of(session: Session) -> dict[str, Any]:
    return {"session": session, "run": session.run, "course": session.run.course}


def _menu() -> list[tuple[AttendanceStatus, str]]:
    return [(status, str(status.label)) for status in MARKS]


@require_POST
@at_the_door
def door_mark(request: HttpRequest, session: Session) -> HttpResponse:
    """`mark`: whom, as what, over what was shown (`12:present:`)."""
    person, _colon, rest = request.POST.get("mark", "").partition(":")
    status, _colon, seen = rest.partition(":")
    participant = row_number(person)
    query = {"query": {"q": request.POST["q"]}} if request.POST.get("q") else {}
    back = reverse("door", args=[session.pk], **query) + f"#p{participant or ''}"
    if not participant or status not in ("", *AttendanceStatus.values):
        return redirect(back)
    mark = Mark(
        participant=participant,
        status=status,
        seen=seen,
        source=MarkSource.DOOR,
        made_up_in=row_number(request.POST.get("made_up_in", "")) or None,
    )
    try:
        (row,) = record_marks(
            session=session, marks=[mark], by=request.user, at=timezone.now()
        )
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        if row.outcome == MarkOutcome.CLASH:
            messages.warning(request, _("ほかの職員の記録とくいちがっています。"))
    return redirect(back)


@require_safe
@at_the_door
def door_person(request: HttpRequest, session: Session, person: int) -> HttpResponse:
    """Everything that can be marked, for one person."""
    found: DoorRow = _row_of(door_list(session).rows, person)
    log_access(
        subject=f"受付 {session.run.code} 第{session.number}回",
        people=1,
        by=request.user,
        at=timezone.now(),
    )
    trace = AttendanceMark.objects.filter(session=session, participant=person)
    context = {
        **page_of(session),
        "row": found,
        "statuses": [one for one in _menu() if one[0] != AttendanceStatus.MADE_UP],
        "elsewhere": sessions_to_make_up_in(session),
        "trace": trace.select_related("recorded_by"),
    }
    return render(request, "enrollments/door/person.html", context)


def _row_of(rows: tuple[DoorRow, ...], person: int) -> DoorRow:
    found = next((row for row in rows if row.person.pk == person), None)
    if found is None:
        raise Http404
    return found


@require_POST
@at_the_door
def door_clash(request: HttpRequest, session: Session, mark: int) -> HttpResponse:
    found = get_object_or_404(AttendanceMark, pk=mark, session=session)
    take = request.POST.get("take") == "1"
    try:
        settle_clash(mark=found, take=take, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("確かめて、記録しました。"))
    if request.POST.get("back") == "list":
        return redirect("manage_attendance", session.pk)
    return redirect("door", session.pk)
