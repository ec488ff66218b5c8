"""One application, for whoever holds its secret link, signed in or not."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain.refusal import Refusal
from accounts.models import User
from accounts.prepared import prepared_statements
from courses.enums import PoolKind
from courses.models import Session
from enrollments.domain.advance_questions.calling import open_call
from enrollments.domain.drawing.own_result import own_draw
from enrollments.domain.finishing.learning_record import record_of_application
from enrollments.domain.leaving import may_withdraw, withdraw
from enrollments.domain.links import application_for, offer_token
from enrollments.domain.noted import noted_of
from enrollments.domain.offers import open_offer_of
from enrollments.domain.shared_findings.citizens import (
    findings_of_citizen,
    findings_path,
)
from enrollments.domain.support_states import OPEN
from enrollments.domain.tables.reading import own_tables
from enrollments.domain.waiting_list import position_of
from enrollments.enums import ApplicationState as State
from enrollments.models import Application
from enrollments.models.querysets import LIVE
from enrollments.views.offered import offered_to
from enrollments.views.own_attendance import attendance_of
from enrollments.views.record_lines import shown

View = Callable[..., HttpResponse]


def by_secret_link(view: View) -> View:
    """Forged, mistyped and unknown links get the same 404; nothing is passed on."""

    @never_cache
    @wraps(view)
    @prepared_statements()
    def opened(request: HttpRequest, token: str, **which: Any) -> HttpResponse:
        application = application_for(token)
        if application is None:
            raise Http404
        response = view(request, application, token, **which)
        response["Referrer-Policy"] = "same-origin"  # "no-referrer" would break CSRF checks
        response["X-Robots-Tag"] = "noindex"
        return response

    return opened


@require_safe
@by_secret_link
def show_application(
    request: HttpRequest, application: Application, token: str
) -> HttpResponse:
    run = offered_to(request).run_of(application.run_id)
    application.run = run
    now = timezone.now()
    offered = application.state == State.OFFERED
    offer = open_offer_of(application) if offered else None
    noted = noted_of(application)
    wishes = application.support_requests.prefetch_related("children")
    is_live = application.state in LIVE
    last = None if is_live else application.transitions.last()
    context = {
        "application": application,
        "run": run,
        "course": run.course,
        "token": token,
        "sessions": _sessions_of(application),
        "seated": _places_in_words(application),
        "participants": application.participants.all(),
        "position": position_of(application),
        "own_draw": own_draw(application, drawn=noted.draws),
        "record_years": _record_of(application, at=now),
        "support_requests": wishes if noted.support else (),
        "open_support": OPEN,
        "line_records": application.line_records.all(),
        "offer": offer,
        "offer_token": offer_token(offer) if offer else "",
        "is_live": is_live,
        "last": last,
        "may_withdraw": may_withdraw(application, at=now),
        "own_tables": _tables_of(application, at=now),
        "own_findings": _findings_of(application),
        "question_call": open_call(run, at=now) if is_live else None,
        **attendance_of(application, _sessions_of(application), at=now, marked=noted.marks),
    }
    return render(request, "enrollments/application.html", context)


def _tables_of(application: Application, *, at: datetime) -> list[tuple[str, int]]:
    """On the day of a session with tables: who sits where."""
    if application.state != State.ACCEPTED:
        return []
    return own_tables(application, _sessions_of(application), at=at)


def _findings_of(application: Application) -> list[str]:
    """Where somebody of this application writes for the citizens."""
    if not application.run.course.is_joint:
        return []
    return [findings_path(one) for one in findings_of_citizen(application)]


def _record_of(application: Application, *, at: datetime) -> list[Any]:
    """Before the first session there is nothing to ask for."""
    begun = any(one.starts_at <= at for one in _sessions_of(application))
    return shown(record_of_application(application, at=at)) if begun else []


def _sessions_of(application: Application) -> list[Session]:
    """Those that the person comes to; of a run already loaded, without a query."""
    run = application.run
    here = next((p for p in run.pools.all() if p.pk == application.pool_id), None)
    chosen = here.session_id if here else None
    return [one for one in run.sessions.all() if chosen in (None, one.pk)]


def _places_in_words(application: Application) -> str:
    """Which places, where the run has several kinds."""
    kinds = {pool.pk: PoolKind(pool.kind) for pool in application.run.pools.all()}
    kind = kinds.get(application.pool_id)
    return str(kind.label) if kind and len(set(kinds.values())) > 1 else ""


@require_http_methods(["GET", "HEAD", "POST"])
@by_secret_link
def withdraw_application(
    request: HttpRequest, application: Application, token: str
) -> HttpResponse:
    """Asks first, then gives the place back."""
    refusal: Refusal | None = None
    if request.method == "POST":
        by = request.user if isinstance(request.user, User) else None
        try:
            withdraw(application=application, by=by, at=timezone.now())
        except Refusal as found:
            refusal = found
        else:
            messages.success(request, _("申込みを取り消しました。"))
            return redirect("application", token)
    context = {
        "application": application,
        "run": application.run,
        "course": application.run.course,
        "token": token,
        "refusal": refusal,
        "is_live": application.state in LIVE,
        "may_withdraw": refusal is None and may_withdraw(application, at=timezone.now()),
    }
    status = 409 if refusal else 200
    return render(request, "enrollments/withdraw.html", context, status=status)
