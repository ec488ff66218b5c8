"""マイページ: what is next and everything applied for, for the signed-in person."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.domain.sections import section_of
from courses.models.querysets import CALLED_OFF
from enrollments.domain.held_again import wishes_of
from enrollments.domain.links import application_token, bundle_token, offer_token
from enrollments.domain.own_dates import OwnDate, own_dates
from enrollments.domain.own_record import own_record
from enrollments.domain.queries import (
    applications_of,
    own_completions,
    taken_along,
    with_position,
)
from enrollments.domain.recommending.person import interests_of
from enrollments.domain.series.own import own_series
from enrollments.domain.surveys.own import surveys_waiting
from enrollments.enums import ApplicationState, OfferState
from enrollments.models import Application, Offer, QuestionCall
from enrollments.models.querysets import LIVE
from enrollments.views.recommended import recommended_context

COMING_SHOWN = 5
RECORD_SHOWN = 12
RECOMMENDED = 3


@never_cache
@login_required
@require_safe
def my_page(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    chosen = interests_of(request.user)
    applications = list(
        with_position(applications_of(request.user))
        .select_related("run__course", "run__venue", "pool", "bundle__series")
        .prefetch_related("run__sessions")
        .order_by("-received_at", "-tie")
    )
    for application in applications:
        application.token = application_token(application)
        if application.bundle:
            application.bundle_token = bundle_token(application.bundle)
    accepted = [a for a in applications if a.state == ApplicationState.ACCEPTED]
    along = taken_along(request.user).filter(state=ApplicationState.ACCEPTED)
    coming = own_dates(
        accepted, at=now, within=(now, None), along=along.select_related("pool")
    )
    context = {
        "offers": _open_offers(applications, now),
        "question_calls": _question_calls(applications, now),
        "surveys": surveys_waiting(request.user, at=now),
        "coming": coming[:COMING_SHOWN],
        "next_code": _next_code([one for one in coming if one.is_own], now),
        "record": own_record(applications)[:RECORD_SHOWN],
        "current": [a for a in applications if _goes_on(a, now)],
        "earlier": [a for a in applications if not _goes_on(a, now)],
        "completions": own_completions(request.user),
        "works_here": section_of(request.user) is not None,
        "wishes": wishes_of(request.user),
        **recommended_context(request.user, chosen, at=now, most=RECOMMENDED),
        "series": own_series(request.user),
    }
    return render(request, "enrollments/my_page.html", context)


def _question_calls(applications, now) -> list[tuple[Application, QuestionCall]]:
    """What still takes questions, of what goes on."""
    live = [one for one in applications if one.state in LIVE]
    runs = [one.run_id for one in live if one.run.state not in CALLED_OFF]
    found = QuestionCall.objects.filter(run__in=runs, closes_at__gt=now)
    calls = {call.run_id: call for call in found}
    return [(one, calls[one.run_id]) for one in live if one.run_id in calls]


def _open_offers(applications, now) -> list[Offer]:
    """Places that wait for an answer, the most urgent first."""
    offered = [a for a in applications if a.state == ApplicationState.OFFERED]
    found = Offer.objects.filter(
        application__in=[a.pk for a in offered], state=OfferState.OPEN, reply_by__gt=now
    ).select_related("application__run__course")
    offers = list(found.order_by("reply_by", "pk"))
    for offer in offers:
        offer.token = offer_token(offer)
    return offers


def _next_code(coming: list[OwnDate], now: datetime) -> dict[str, Any] | None:
    """What the door of the next session reads; on its day it is shown at once."""
    found = next((one for one in coming if one.session.is_held and one.has_place), None)
    if found is None or found.application.state != ApplicationState.ACCEPTED:
        return None
    return {
        "course": found.session.run.course,
        "is_today": timezone.localdate(found.session.starts_at) == timezone.localdate(now),
        "people": found.application.participants.all(),
        "token": application_token(found.application),
    }


def _goes_on(application, now) -> bool:
    sessions = application.run.sessions.all()
    ended = bool(sessions) and all(session.ends_at <= now for session in sessions)
    return application.state in LIVE and not ended
