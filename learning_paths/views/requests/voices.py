"""One's own voice: confirmed, or taken back, by the mail's link or signed in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from learning_paths.domain.wanted.confirming import (
    confirm,
    take_back,
    take_back_own,
    voice_for,
)
from learning_paths.models import LearningVoice


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def learning_voice(request: HttpRequest, token: str) -> HttpResponse:
    """A GET changes nothing, as programs open links too. Taken back twice is taken back."""
    voice = voice_for(token)
    taken_back = request.method == "POST" and request.POST.get("step") == "take_back"
    if voice is None and not taken_back:
        raise Http404
    if voice is not None and taken_back:
        take_back(voice=voice, at=timezone.now())
    elif voice is not None and request.method == "POST":
        voice = confirm(voice=voice, at=timezone.now())
        if voice is None:
            raise Http404
    context = {"voice": voice, "taken_back": taken_back}
    response = render(request, "learning_paths/requests/voice.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@login_required
@require_POST
def take_back_voice(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else's is answered like one that does not exist."""
    voice = get_object_or_404(LearningVoice, pk=pk, user=request.user)
    take_back_own(voice=voice, by=request.user, at=timezone.now())
    messages.success(request, _("声を取り下げました。"))
    return redirect("own_requests")
