"""What was answered: plots with their tables, free text, earlier runs, CSV. Whole for the
section; co-hosting sections see what `suppression` leaves of a settled survey."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.domain.access import log_access
from accounts.domain.refusal import Refusal
from accounts.enums import AccessKind
from accounts.views.paper import table_response
from enrollments.domain.surveys.making import (
    close_survey,
    save_as_template,
    settle_survey,
)
from enrollments.domain.surveys.questions import questions_from
from enrollments.domain.surveys.reading import compared, result_of, sheets_of
from enrollments.domain.surveys.sides import SIDES, sides_of
from enrollments.domain.surveys.standing import standing
from enrollments.domain.surveys.suppression import FEWEST
from enrollments.enums import SurveyAudience, SurveyStanding
from enrollments.exchange.survey_csv import survey_csv
from enrollments.forms.survey_edit import NameForm, ReasonForm
from enrollments.models import AnswerSheet, Survey
from enrollments.views.back_office.frame import run_page
from enrollments.views.back_office.survey_frame import survey_for, survey_seen
from enrollments.views.survey_plots import shown


@never_cache
@require_safe
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    """`?side=staff` narrows to one side, for the section."""
    found, inside = survey_seen(request, pk)
    return _page(request, found, inside=inside)


@require_POST
def survey_csv_out(request: HttpRequest, pk: int) -> HttpResponse:
    found = survey_for(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, found, inside=True, reason_form=form, status=422)
    sheets = list(found.sheets.select_related("participant").order_by("pk"))
    _log_export(request, found, sheets, form.cleaned_data["reason"])
    return table_response(survey_csv(found, sheets), f"survey-{found.run.code}-{found.pk}")


@require_POST
def survey_act(request: HttpRequest, pk: int) -> HttpResponse:
    """Close at once, settle, or keep as a template of the section."""
    found = survey_for(request, pk)
    act, now = request.POST.get("act"), timezone.now()
    try:
        if act == "close":
            close_survey(survey=found, by=request.user, at=now)
            messages.success(request, _("締め切りました。"))
        elif act == "settle":
            settle_survey(survey=found, by=request.user, at=now)
            messages.success(request, _("集計を確定しました。"))
        elif act == "template":
            _keep_as_template(request, found)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("manage_survey", pk)


def _keep_as_template(request: HttpRequest, found: Survey) -> None:
    form = NameForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("ひな形の名前を入力してください。"))
        return
    save_as_template(survey=found, name=form.cleaned_data["name"], by=request.user)
    messages.success(request, _("課のひな形に加えました。"))


def _page(
    request: HttpRequest,
    found: Survey,
    *,
    inside: bool,
    reason_form: ReasonForm | None = None,
    status: int = 200,
) -> HttpResponse:
    only = request.GET.get("side", "")
    side = SurveyAudience(only) if inside and only in SIDES else None
    sheets = sheets_of([found])[found.pk]
    result = result_of(found, sheets, inside=inside, only=side)
    earlier = compared(found, inside=inside)
    now = standing(found, at=timezone.now())
    if inside and found.named:
        _log_read(request, found, len(sheets))
    return run_page(
        request,
        "manage/survey.html",
        found.run,
        title=found.title,
        current="manage_surveys",
        status=status,
        survey=found,
        inside=inside,
        standing=now,
        takes_answers=now == SurveyStanding.OPEN,
        may_settle=now == SurveyStanding.CLOSED,
        result=result,
        shown=[shown(n, one, earlier) for n, one in enumerate(result.questions, start=1)],
        asked=found.tickets.filter(participant__isnull=False).count(),
        sides=sides_of(found) if inside else (),
        side=side or "",
        is_small=inside and 0 < (result.number or 0) < FEWEST,
        questions=questions_from(found.questions),
        reason_form=reason_form or ReasonForm(),
        name_form=NameForm(initial={"name": found.title}),
    )


def _log_read(request: HttpRequest, found: Survey, people: int) -> None:
    subject = f"記名のアンケート {found.run.code}"
    log_access(subject=subject, people=people, by=request.user, at=timezone.now())


def _log_export(
    request: HttpRequest, found: Survey, sheets: list[AnswerSheet], reason: str
) -> None:
    questions = questions_from(found.questions)
    log_access(
        subject=f"アンケート {found.run.code}",
        people=len(sheets),
        by=request.user,
        at=timezone.now(),
        kind=AccessKind.EXPORT,
        columns=[one.label for one in questions],
        reason=reason,
    )
