"""The number on the wall: opened and closed at the door, shown on a big screen; and the
script that keeps the door's page."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.domain.refusal import Refusal
from courses.models import Session
from enrollments.domain.door_numbers import (
    close_door,
    number_now,
    open_door,
    open_key,
    seconds_left,
)
from enrollments.views.door.frame import at_the_door
from enrollments.views.door.page import page_of


@require_POST
@at_the_door
def door_key(request: HttpRequest, session: Session) -> HttpResponse:
    now = timezone.now()
    try:
        if request.POST.get("open") == "1":
            open_door(session=session, by=request.user, at=now)
            return redirect("door_wall", session.pk)
        close_door(session=session, by=request.user, at=now)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("会場の番号を閉じました。"))
    return redirect("door", session.pk)


@require_safe
@at_the_door
def door_wall(request: HttpRequest, session: Session) -> HttpResponse:
    """Nobody's name stands on it."""
    now = timezone.now()
    key = open_key(session, at=now)
    number = number_now(key, at=now) if key else ""
    address = reverse("here", args=[session.key], query={"n": number})
    context = {
        **page_of(session),
        "number": number,
        "address": settings.PUBLIC_URL + address,
        "seconds": seconds_left(at=now),
    }
    return render(request, "enrollments/door/wall.html", context)


@require_safe
def door_worker(request: HttpRequest) -> HttpResponse:
    """Below the door's address, so that it can keep the door's pages and no others."""
    response = render(request, "enrollments/door/worker.js", content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response
