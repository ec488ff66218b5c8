"""An offered place, for whoever holds the mail's link: asked with GET, answered with
POST, once. Declining is asked again, as it cannot be undone. Nobody signs in, and nobody's
name is shown."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.domain.refusal import Refusal
from accounts.models import User
from enrollments.domain.answering import REFUSALS, answer_offer
from enrollments.domain.links import application_token, offer_for
from enrollments.domain.refusals import OfferExpired
from enrollments.enums import OfferState
from enrollments.models import Offer

ANSWERS = {"accept": True, "decline": False, "decline_surely": False}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, token: str) -> HttpResponse:
    """Forged and mistyped links get a 404. A mail program that looks at links ahead of
    its reader answers nothing."""
    found = offer_for(token)
    if found is None:
        raise Http404
    refusal: Refusal | None = None
    asks_again = request.POST.get("answer") == "decline" and _is_open(found)
    if request.method == "POST" and not asks_again:
        try:
            _answer(request, found)
        except Refusal as why:
            refusal = why
            found.refresh_from_db(fields=["state", "reply_by"])
        else:
            return redirect("offer", token)
    response = _page(request, found, refusal, asks_again=asks_again)
    response["Referrer-Policy"] = "same-origin"  # "no-referrer" would break CSRF checks
    response["X-Robots-Tag"] = "noindex"
    return response


def _answer(request: HttpRequest, found: Offer) -> None:
    answer = request.POST.get("answer", "")
    if answer not in ANSWERS:
        raise Refusal(_("「受講する」か「辞退する」をえらんでください。"))
    by = request.user if isinstance(request.user, User) else None
    answer_offer(offer=found, accepts=ANSWERS[answer], by=by, at=timezone.now())


def _page(
    request: HttpRequest, found: Offer, refusal: Refusal | None, *, asks_again: bool
) -> HttpResponse:
    application, run = found.application, found.application.run
    is_open = _is_open(found)
    over = OfferExpired if found.state == OfferState.OPEN else None
    settled = over or REFUSALS.get(OfferState(found.state))
    context = {
        "offer": found,
        "application": application,
        "application_token": application_token(application),
        "run": run,
        "course": run.course,
        "sessions": _sessions(found),
        "is_open": is_open,
        "asks_again": asks_again,
        "settled": None if is_open or settled is None else settled(),
        "refusal": refusal,
    }
    status = 409 if refusal else 200
    return render(request, "enrollments/offer.html", context, status=status)


def _is_open(found: Offer) -> bool:
    return found.state == OfferState.OPEN and timezone.now() < found.reply_by


def _sessions(found: Offer):
    """What the place is for: all sessions of the run, or the one chosen."""
    pool = found.application.pool
    sessions = pool.run.sessions.select_related("venue", "room__venue", "run__venue")
    return sessions.filter(pk=pool.session_id) if pool.session_id else sessions
