"""Applying in up to three steps: who comes, what is needed, check and send. Open to
everybody. What was typed travels with the page and is kept as a draft at every step."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.client_address import client_address
from accounts.domain.rate_limit import TooManyRequests, count_attempt
from accounts.domain.refusal import Refusal
from accounts.models import User
from accounts.prepared import prepared_statements
from courses.models import CourseRun
from enrollments.domain.admission import require_eligible
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.asking import Asked, asked_of_visitor, require_a_place
from enrollments.domain.different_people import require_different_people
from enrollments.domain.links import application_token
from enrollments.domain.refusals import NotEligible, SamePersonTwice
from enrollments.forms.applying import (
    CHECK,
    NEEDS,
    PEOPLE,
    ApplicationForm,
    chosen_place,
    known_of,
)
from enrollments.forms.party import COUNT, most_companions
from enrollments.views.applying_page import page_context
from enrollments.views.drafts import (
    draft_for,
    drop,
    keep,
    token_of,
    typed_in,
    without_cookie,
)
from enrollments.views.offered import offered_to
from enrollments.views.typed import changed, with_mail_as_meant

TEMPLATES = {
    PEOPLE: "enrollments/apply.html",
    NEEDS: "enrollments/apply_needs.html",
    CHECK: "enrollments/apply_check.html",
}
BACK = {"edit": PEOPLE, PEOPLE: PEOPLE, "back": NEEDS}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@prepared_statements()
def apply(request: HttpRequest, code: str) -> HttpResponse:
    """`step` is the button that was pressed; without it the form is shown."""
    try:
        run = offered_to(request).run(code)
    except CourseRun.DoesNotExist:
        raise Http404 from None
    now = timezone.now()
    user = request.user if isinstance(request.user, User) else None
    terms = offered_to(request).notice("terms", at=now) if run.asks_terms else None
    asked = asked_of_visitor(run, user, at=now, has_terms=terms is not None)
    if request.method == "POST":
        return _answer(request, asked, user, now)
    return _page(request, ApplicationForm(asked=asked, initial=_known(request, asked)))


def _known(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    known = known_of(request.user) if isinstance(request.user, User) else {}
    place = chosen_place(asked.run, asked.places, request.GET.get("session", ""))
    people = request.GET.get("people", "")
    number = int(people) if people.isascii() and people.isdigit() and len(people) < 3 else 1
    return {**known, "place": place, COUNT: max(number - 1, 0)}


def _answer(
    request: HttpRequest, asked: Asked, user: User | None, now: datetime
) -> HttpResponse:
    step, run = request.POST.get("step", ""), asked.run
    if step == "resume":
        draft = draft_for(request, run, at=now)
        return _typed(request, asked, typed_in(draft)) if draft else redirect(request.path)
    if step == "forget":
        return drop(request, redirect(request.path), run)
    if step == "meant":
        request.POST, step = with_mail_as_meant(request.POST), CHECK
    if step == "send":
        return _send(request, asked, user, now)
    if step in (NEEDS, CHECK):
        response, typed = _forward(request, asked, user, to=step), request.POST.copy()
        typed["at"] = NEEDS if response.status_code == 200 else typed.get("at", PEOPLE)
    else:
        typed = changed(request.POST, step, most=most_companions(run))
        response = _typed(request, asked, typed, step)
    return keep(request, response, run, typed, at=now)


def _typed(
    request: HttpRequest, asked: Asked, data: QueryDict, step: str = ""
) -> HttpResponse:
    """A page with what was typed, of which nothing is blamed yet."""
    form = ApplicationForm(data, asked=asked)
    at = BACK.get(step, data.get("at", PEOPLE))
    return _page(request, form, step=NEEDS if at == NEEDS and asked.has_needs else PEOPLE)


def _forward(
    request: HttpRequest, asked: Asked, user: User | None, *, to: str
) -> HttpResponse:
    """On to the next step, unless something is wrong on the way to it, or is not met."""
    to = to if asked.has_needs else CHECK
    form = ApplicationForm(request.POST, asked=asked)
    wrong = form.first_wrong_step(upto=PEOPLE if to == NEEDS else NEEDS)
    if wrong:
        form.show_only(wrong)
        return _page(request, form, step=wrong, status=422, blames=True)
    try:
        _require_fitting(form, user)
    except (NotEligible, SamePersonTwice) as refusal:
        return _page(request, form, refusal=refusal, status=409)
    return _page(request, form, step=to)


def _require_fitting(form: ApplicationForm, user: User | None) -> None:
    """Told as soon as it is known; decided again under the lock.

    Raises: NotEligible, SamePersonTwice.
    """
    if form.companions:
        require_different_people(form.seat_request().people)
    if form.asked.conditions and form.place:
        require_eligible(
            run=form.run, pool=form.place.pool, request=form.seat_request(), by=user
        )


def _send(
    request: HttpRequest, asked: Asked, user: User | None, now: datetime
) -> HttpResponse:
    form, run = ApplicationForm(request.POST, asked=asked), asked.run
    wrong = form.first_wrong_step(upto=CHECK)
    if wrong:
        form.show_only(wrong)
        response = _page(request, form, step=wrong, status=422, blames=True)
        return keep(request, response, run, request.POST, at=now)
    try:
        count_attempt(rule="apply", who=client_address(request), at=now)
        application = apply_for_seat(
            run=run,
            request=form.seat_request(),
            by=user,
            at=now,
            pool_kind=form.place.kind if form.place else None,
            draft=token_of(request),
        )
    except TooManyRequests as refusal:
        response = _page(request, form, step=CHECK, refusal=refusal, status=429)
        return keep(request, response, run, request.POST, at=now)
    except Refusal as refusal:
        response = _page(request, form, step=CHECK, refusal=refusal, status=409)
        return keep(request, response, run, request.POST, at=now)
    return without_cookie(request, redirect("application", application_token(application)))


def _page(
    request: HttpRequest,
    form: ApplicationForm,
    *,
    step: str = PEOPLE,
    refusal: Refusal | None = None,
    status: int = 200,
    blames: bool = False,
) -> HttpResponse:
    """Whoever may not apply is told so before typing anything."""
    now = timezone.now()
    if refusal is None:
        try:
            require_a_place(form.asked, at=now)
        except Refusal as found:
            refusal = found
            status = 409 if request.method == "POST" else 200
    if form.is_bound and not blames:
        for one in (form, *form.companions, *form.children):
            one.errors.clear()
    context = page_context(request, form, step=step, at=now)
    context |= {"refusal": refusal, "blames": blames}
    return render(request, TEMPLATES[step], context, status=status)
