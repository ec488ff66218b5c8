"""How a survey reaches people: by mail, on the screen in the room, and on paper."""

from random import SystemRandom
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain.refusal import Refusal
from accounts.exchange.paper.qr import qr_svg
from enrollments.domain.attendance import roster
from enrollments.domain.surveys.answering import enter_paper
from enrollments.domain.surveys.asked import people_asked
from enrollments.domain.surveys.questions import questions_from
from enrollments.domain.surveys.refusals import NotAnAnswer
from enrollments.domain.surveys.sending import ask, remind, to_be_asked, to_be_reminded
from enrollments.domain.surveys.sides import SIDES, sides_of
from enrollments.forms.survey_answers import AnswerForm
from enrollments.models import Participant, Survey
from enrollments.views.back_office.frame import run_page
from enrollments.views.back_office.survey_frame import survey_for

ANY = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(ANY)
def survey_send(request: HttpRequest, pk: int) -> HttpResponse:
    """First whom it touches, then the mails."""
    survey = survey_for(request, pk)
    refusal = None
    if request.method == "POST":
        try:
            return _send(request, survey)
        except Refusal as found:
            refusal = found
    people = people_asked(survey)
    return run_page(
        request,
        "manage/survey_send.html",
        survey.run,
        title=_("アンケートのお願いを送る"),
        current="manage_surveys",
        status=409 if refusal else 200,
        survey=survey,
        came=len(people),
        without_mail=sum(not one.application.email for one in people),
        to_ask=len(to_be_asked(survey)),
        to_remind=len(to_be_reminded(survey)) if survey.asked_at else 0,
        refusal=refusal,
    )


def _send(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Raises: Refusal."""
    act = remind if request.POST.get("act") == "remind" else ask
    number = act(survey=survey, by=request.user, at=timezone.now())
    said = ngettext(
        "%(n)d人にお願いのメールを送ります。",
        "%(n)d人にお願いのメールを送ります。",
        number,
    )
    messages.success(request, said % {"n": number})
    return redirect("manage_survey", survey.pk)


@never_cache
@require_safe
def survey_screen(request: HttpRequest, pk: int) -> HttpResponse:
    """For the projector: one code, one short address."""
    survey = survey_for(request, pk)
    if survey.room_code is None:
        raise Http404
    return render(request, "manage/survey_screen.html", _room(survey))


@never_cache
@require_safe
def survey_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """With boxes to tick; staff type it in."""
    survey = survey_for(request, pk)
    context = {
        **(_room(survey) if survey.room_code else {"survey": survey}),
        "run": survey.run,
        "course": survey.run.course,
        "questions": questions_from(survey.questions),
        "sides": [side.label for side in SIDES] if sides_of(survey) else [],
    }
    return render(request, "manage/survey_paper.html", context)


@never_cache
@require_http_methods(ANY)
def survey_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One paper after the other."""
    survey = survey_for(request, pk)
    refusal = None
    form = AnswerForm(
        request.POST or None,
        questions=questions_from(survey.questions),
        asks_side=bool(sides_of(survey)) and not survey.named,
        on_paper=True,
        initial={"form_key": uuid4()},
        label_suffix="",
    )
    people = roster(survey.run_id) if survey.named else []
    if request.method == "POST" and form.is_valid():
        try:
            _enter(request, survey, form, people)
            return redirect("manage_survey_entry", pk)
        except Refusal as found:
            refusal = found
    return run_page(
        request,
        "manage/survey_entry.html",
        survey.run,
        title=_("紙の回答を入力する"),
        current="manage_surveys",
        status=409 if refusal else 422 if form.is_bound else 200,
        survey=survey,
        form=form,
        people=people,
        chosen=request.POST.get("participant", ""),
        refusal=refusal,
    )


def _enter(
    request: HttpRequest, survey: Survey, form: AnswerForm, people: list[Participant]
) -> None:
    """Raises: Refusal."""
    if form.is_outdated:
        raise NotAnAnswer
    chosen = request.POST.get("participant", "")
    new = enter_paper(
        survey=survey,
        form_key=form.cleaned_data["form_key"],
        answers=form.answers(),
        said_side=form.cleaned_data.get("side", ""),
        participant=next((one for one in people if str(one.pk) == chosen), None),
        by=request.user,
        chance=SystemRandom(),
    )
    if new:
        messages.success(request, _("1枚を入力しました。次の1枚を入力できます。"))
    else:
        messages.warning(request, _("この1枚は、すでに入力されています。"))


def _room(survey: Survey) -> dict[str, object]:
    assert survey.room_code is not None
    address = settings.PUBLIC_URL + reverse("survey_room", args=[survey.room_code])
    return {
        "survey": survey,
        "course": survey.run.course,
        "address": address,
        "short": address.split("://", 1)[1],
        # made by ourselves from an address
        "qr": mark_safe(qr_svg(address, sized=False)),  # noqa: S308
    }
