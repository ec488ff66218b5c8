"""What somebody with the secret link decides besides the place itself: reminders, and
wishes for childcare and support that are no longer needed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.refusal import Refusal
from accounts.models import User
from enrollments.domain.reminder_links import application_of_reminders
from enrollments.domain.reminders import choose_reminders
from enrollments.domain.support_requests import withdraw_request
from enrollments.models import Application
from enrollments.views.application import by_secret_link


@require_POST
@by_secret_link
def application_reminders(
    request: HttpRequest, application: Application, token: str
) -> HttpResponse:
    wanted = request.POST.get("wanted") == "yes"
    choose_reminders(application=application, wanted=wanted)
    done = _("開催前のお知らせをお送りします。") if wanted else _("お知らせを止めました。")
    messages.success(request, done)
    return redirect("application", token)


@require_POST
@by_secret_link
def end_wish(
    request: HttpRequest, application: Application, token: str, pk: int
) -> HttpResponse:
    """Somebody else's is answered like one that does not exist."""
    wish = get_object_or_404(application.support_requests.all(), pk=pk)
    by = request.user if isinstance(request.user, User) else None
    try:
        withdraw_request(request=wish, by=by, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("希望を取り下げました。"))
    return redirect("application", token)


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def reminders_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Mail programs POST here by themselves when their owner says so (RFC 8058), so it
    needs no token beside that in the address; a GET changes nothing."""
    application = application_of_reminders(token)
    if application is None:
        raise Http404
    if request.method == "POST":
        choose_reminders(application=application, wanted=False)
    context = {"application": application, "course": application.run.course}
    response = render(request, "enrollments/reminders_stop.html", context)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response
