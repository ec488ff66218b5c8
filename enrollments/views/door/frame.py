"""What every page of the door has: its session, for staff of the section only, signed in
or asked to. A script is told so in a word, because it keeps marks meanwhile."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import never_cache

from accounts.domain.refusal import NotAllowed
from accounts.domain.sections import require_section
from courses.models import Session

View = Callable[..., HttpResponse]
WITH_CAMERA = "camera=(self), microphone=(), geolocation=()"


def at_the_door(view: View) -> View:
    """Hands the session on. Refuses with 403 who does not work for its section."""

    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, pk: int, **which: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            if wants_json(request):
                return JsonResponse({"signed_out": True}, status=401)
            return redirect_to_login(reverse("door", args=[pk]))
        session = get_object_or_404(
            Session.objects.select_related(
                "run__course__department", "run__venue", "venue", "room__venue"
            ),
            pk=pk,
        )
        if not request.user.has_perm("wagtailadmin.access_admin"):
            raise NotAllowed
        require_section(request.user, session.run.course.department)
        return view(request, session, **which)

    return opened


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")
