"""Whoever comes from another run of the course instead of to their own session (振替):
looked for by reading, then the session that is missed is chosen."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.domain.access import log_access
from accounts.domain.refusal import Refusal
from accounts.forms.fields import row_number
from courses.models import Session
from enrollments.domain.making_up import (
    found_elsewhere,
    make_up_here,
    may_come_from_elsewhere,
    sessions_missed,
    take_back,
)
from enrollments.enums import AttendanceStatus, MarkOutcome
from enrollments.views.door.frame import at_the_door
from enrollments.views.door.page import page_of


@require_safe
@at_the_door
def door_elsewhere(request: HttpRequest, session: Session) -> HttpResponse:
    query = request.GET.get("q", "").strip()
    people = found_elsewhere(session, query)
    _note(request, session, len(people))
    context = {**page_of(session), "query": query, "people": people}
    return render(request, "enrollments/door/elsewhere.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_door
def door_made_up(request: HttpRequest, session: Session, person: int) -> HttpResponse:
    """`missed`: which of their own sessions, over what was shown (`12:excused`)."""
    found = get_object_or_404(may_come_from_elsewhere(session), pk=person)
    if request.method == "POST":
        pk, _colon, seen = request.POST.get("missed", "").partition(":")
        missed = row_number(pk)
        if missed and seen in ("", *AttendanceStatus.values):
            try:
                row = make_up_here(
                    session=session,
                    participant=found,
                    missed=missed,
                    seen=seen,
                    by=request.user,
                    at=timezone.now(),
                )
            except Refusal as refusal:
                messages.error(request, refusal.sentence)
                return redirect("door_made_up", session.pk, person)
            if row.outcome == MarkOutcome.CLASH:
                messages.warning(request, _("ほかの職員の記録とくいちがっています。"))
            else:
                words = _("%(name)sさんを振替で受け付けました。")
                messages.success(request, words % {"name": found.full_name})
            return redirect(reverse("door", args=[session.pk]) + "#elsewhere")
    _note(request, session, 1)
    missed_ones = sessions_missed(found, session)
    context = {**page_of(session), "person": found, "missed": missed_ones}
    return render(request, "enrollments/door/made_up.html", context)


@require_POST
@at_the_door
def door_not_made_up(request: HttpRequest, session: Session, person: int) -> HttpResponse:
    try:
        take_back(session=session, participant=person, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("振替の記録を消しました。"))
    return redirect(reverse("door", args=[session.pk]) + "#elsewhere")


def _note(request: HttpRequest, session: Session, people: int) -> None:
    if people:
        log_access(
            subject=f"受付 {session.run.code} 第{session.number}回 振替",
            people=people,
            by=request.user,
            at=timezone.now(),
        )
