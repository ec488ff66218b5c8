"""Answering a survey: by the link in a mail, or from the room. Nothing in the address,
the answer's row or the browser joins the two (ADR 30)."""

from functools import partial
from random import SystemRandom
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.client_address import client_address
from accounts.domain.rate_limit import count_attempt
from accounts.domain.refusal import Refusal
from enrollments.domain.surveys.answering import answer_by_ticket, answer_in_room
from enrollments.domain.surveys.opting_out import application_of_stop, choose_surveys
from enrollments.domain.surveys.own import own_ticket
from enrollments.domain.surveys.questions import questions_from
from enrollments.domain.surveys.refusals import AlreadyAnswered
from enrollments.domain.surveys.sides import sides_of
from enrollments.domain.surveys.standing import require_open
from enrollments.domain.surveys.tickets import ticket_for
from enrollments.forms.survey_answers import AnswerForm
from enrollments.models import Survey, SurveyTicket

ANY = ["GET", "HEAD", "POST"]
YEAR = 365 * 24 * 60 * 60


@never_cache
@require_http_methods(ANY)
def survey(request: HttpRequest, token: str) -> HttpResponse:
    """By whoever has the link. Raises: Http404 for anything forged."""
    ticket = ticket_for(token)
    if ticket is None:
        count_attempt(rule="survey", who=client_address(request), at=timezone.now())
        raise Http404
    return _by_ticket(request, ticket)


@never_cache
@login_required
@require_http_methods(ANY)
def my_survey(request: HttpRequest, public_id: UUID, position: int) -> HttpResponse:
    """From /my/, with the same ticket. Raises: Http404 for somebody else's."""
    ticket = own_ticket(request.user, public_id=public_id, position=position)
    if ticket is None:
        raise Http404
    return _by_ticket(request, ticket)


def _by_ticket(request: HttpRequest, ticket: SurveyTicket) -> HttpResponse:
    asked = ticket.survey
    try:
        require_open(asked, at=timezone.now())
        if ticket.is_used:
            raise AlreadyAnswered
        form = _form(request, asked, asks_side=False)
        if form.is_valid():
            _answer(ticket, form)
            return redirect("survey_done")
    except Refusal as refusal:
        return _over(request, asked, refusal)
    return _page(request, asked, form)


@never_cache
@require_http_methods(ANY)
def survey_room(request: HttpRequest, code: str) -> HttpResponse:
    """By whoever is in the room; this browser answers once."""
    if request.method == "POST":
        count_attempt(rule="survey", who=client_address(request), at=timezone.now())
    found = Survey.objects.select_related("run__course__department", "session")
    asked = get_object_or_404(found, room_code=code.upper())
    mark = f"survey-{asked.public_id.hex}"
    try:
        require_open(asked, at=timezone.now())
        if mark in request.COOKIES:
            raise AlreadyAnswered
        form = _form(request, asked, asks_side=bool(sides_of(asked)))
        if form.is_valid():
            _answer_in_room(asked, form)
            return _remembering(request, mark)
    except Refusal as refusal:
        return _over(request, asked, refusal)
    return _page(request, asked, form, in_room=True)


@never_cache
@require_safe
def survey_done(request: HttpRequest) -> HttpResponse:
    return render(request, "enrollments/survey_done.html")


@never_cache
@csrf_exempt
@require_http_methods(ANY)
def survey_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Mail programs POST here by themselves when their owner says so (RFC 8058), so it
    needs no token beside that in the address; a GET changes nothing."""
    application = application_of_stop(token)
    if application is None:
        raise Http404
    if request.method == "POST":
        wanted = request.POST.get("wanted") == "yes"
        choose_surveys(application=application, wanted=wanted)
    context = {"application": application, "course": application.run.course}
    return _private(render(request, "enrollments/survey_stop.html", context))


def _form(request: HttpRequest, asked: Survey, *, asks_side: bool) -> AnswerForm:
    """Empty again, but for what was written, where the questions have changed."""
    build = partial(
        AnswerForm,
        questions=questions_from(asked.questions),
        asks_side=asks_side,
        label_suffix="",
    )
    new = {"form_key": uuid4()}
    form = build(request.POST or None, initial=new)
    return build(None, initial={**new, **form.texts()}) if form.is_outdated else form


def _answer(ticket: SurveyTicket, form: AnswerForm) -> None:
    answer_by_ticket(
        ticket=ticket,
        answers=form.answers(),
        at=timezone.now(),
        chance=SystemRandom(),
    )


def _answer_in_room(asked: Survey, form: AnswerForm) -> None:
    answer_in_room(
        survey=asked,
        form_key=form.cleaned_data["form_key"],
        answers=form.answers(),
        said_side=form.cleaned_data.get("side", ""),
        at=timezone.now(),
        chance=SystemRandom(),
    )


def _remembering(request: HttpRequest, mark: str) -> HttpResponse:
    """That this browser has answered, not what."""
    response = redirect("survey_done")
    response.set_cookie(
        mark,
        "1",
        max_age=YEAR,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


def _page(
    request: HttpRequest, asked: Survey, form: AnswerForm, *, in_room: bool = False
) -> HttpResponse:
    questions_changed = request.method == "POST" and not form.is_bound
    context = {
        "survey": asked,
        "course": asked.run.course,
        "form": form,
        "in_room": in_room,
        "questions_changed": questions_changed,
        "fields": [field for field in form.visible_fields() if field.name != "side"],
    }
    status = 409 if questions_changed else 422 if form.is_bound else 200
    page = render(request, "enrollments/survey.html", context, status=status)
    return _private(page)


def _over(request: HttpRequest, asked: Survey, refusal: Refusal) -> HttpResponse:
    """Kindly: whoever comes here has done nothing wrong."""
    context = {
        "survey": asked,
        "course": asked.run.course,
        "refusal": refusal,
        "answered": isinstance(refusal, AlreadyAnswered),
    }
    return _private(render(request, "enrollments/survey_over.html", context))


def _private(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response
