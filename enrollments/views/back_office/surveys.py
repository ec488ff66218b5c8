"""アンケート of a run: what there is, making one, changing it. For staff of the section;
co-hosting sections see the list and, once settled, the larger numbers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.domain.refusal import Refusal
from accounts.domain.sections import works_for
from courses.models import CourseRun
from enrollments.domain.surveys.making import (
    change_survey,
    make_survey,
    remove_survey,
    remove_template,
)
from enrollments.domain.surveys.overview import beginnings, lines_of, templates_for
from enrollments.domain.surveys.questions import questions_from
from enrollments.domain.surveys.refusals import QuestionsFixed, SurveyChangedMeanwhile
from enrollments.domain.surveys.versions import version_of
from enrollments.forms.survey_edit import BeginForm, SurveyForm, shown
from enrollments.forms.survey_questions import QuestionFormSet, rearranged, rows_of
from enrollments.models import Survey, SurveyTemplate
from enrollments.views.back_office.follow_up import follow_up_context
from enrollments.views.back_office.frame import run_for, run_page, seen_run
from enrollments.views.back_office.survey_frame import survey_for

ANY = ["GET", "HEAD", "POST"]


@never_cache
@require_safe
def surveys(request: HttpRequest, code: str) -> HttpResponse:
    run = seen_run(request, code)
    inside = works_for(request.user, run.course.department)
    context: dict[str, Any] = {"lines": lines_of(run, at=timezone.now()), "inside": inside}
    if inside:
        context |= follow_up_context(run)
        context["begin"] = _begin(run)
        context["own_templates"] = [
            one for one in templates_for(run) if one.department_id is not None
        ]
    return run_page(
        request,
        "manage/surveys.html",
        run,
        title=_("アンケート"),
        current="manage_surveys",
        **context,
    )


@never_cache
@require_http_methods(ANY)
def survey_new(request: HttpRequest, code: str) -> HttpResponse:
    """`?start=template-3`, `survey-8` or `empty` fills the form."""
    run = run_for(request, code)
    start = beginnings(run, request.GET.get("start", ""))
    return _edit(request, run, None, start)


@never_cache
@require_http_methods(ANY)
def survey_edit(request: HttpRequest, pk: int) -> HttpResponse:
    survey = survey_for(request, pk)
    return _edit(request, survey.run, survey, survey)


@require_POST
def survey_remove(request: HttpRequest, pk: int) -> HttpResponse:
    survey = survey_for(request, pk)
    code = survey.run.code
    try:
        remove_survey(survey=survey, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("manage_survey", pk)
    messages.success(request, _("アンケートを消しました。"))
    return redirect("manage_surveys", code)


@require_POST
def survey_template_remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Those of everybody are no section's to remove."""
    run = run_for(request, code)
    own = SurveyTemplate.objects.filter(department=run.course.department)
    remove_template(template=get_object_or_404(own, pk=pk), by=request.user)
    messages.success(request, _("ひな形を消しました。作ったアンケートは残ります。"))
    return redirect("manage_surveys", code)


def _begin(run: CourseRun) -> BeginForm:
    found = Survey.objects.filter(run__course__department=run.course.department)
    former = found.select_related("run__course").order_by("-created_at")[:20]
    return BeginForm(templates=templates_for(run), surveys=list(former))


def _edit(
    request: HttpRequest, run: CourseRun, survey: Survey | None, start: Survey | None
) -> HttpResponse:
    if start is None:
        raise Http404
    answered = survey is not None and survey.sheets.exists()
    act = request.POST.get("act", "")
    refusal = None
    initial = {**shown(start), "in_room": start.room_code is not None}
    if request.method == "POST" and not act:
        form = SurveyForm(request.POST, run=run)
        rows = QuestionFormSet(request.POST) if not answered else None
        if form.is_valid() and (rows is None or rows.is_valid()):
            try:
                if answered and "form-TOTAL_FORMS" in request.POST:
                    raise QuestionsFixed  # somebody answered while they were changed
                return _save(request, run, survey, form, rows)
            except Refusal as found:
                refusal = found
    elif request.method == "POST":
        form = SurveyForm(run=run, initial=_as_sent(request))
        rows = QuestionFormSet(initial=rearranged(request.POST, act))
    else:
        form = SurveyForm(run=run, initial=initial)
        questions = rows_of(questions_from(start.questions))
        rows = QuestionFormSet(initial=questions) if not answered else None
    overtaken, now = isinstance(refusal, SurveyChangedMeanwhile), version_of(start)
    return run_page(
        request,
        "manage/survey_edit.html",
        run,
        title=_("アンケートを変える") if survey else _("新しいアンケート"),
        current="manage_surveys",
        status=409 if refusal else 422 if form.is_bound else 200,
        survey=survey,
        form=form,
        rows=rows,
        questions=questions_from(start.questions),
        refusal=refusal,
        overtaken=overtaken,
        seen=now if overtaken else request.POST.get("seen", now),
    )


def _save(
    request: HttpRequest, run: CourseRun, survey: Survey | None, form: Any, rows: Any
) -> HttpResponse:
    """Raises: Refusal."""
    known = questions_from(survey.questions) if survey else ()
    questions = rows.questions() if rows is not None else known
    code = survey.room_code if survey else None
    plan = form.plan(questions, room_code=code)
    if survey is None:
        at = timezone.now()
        survey = make_survey(run=run, plan=plan, by=request.user, at=at)
    else:
        seen = request.POST.get("seen", "")
        change_survey(survey=survey, plan=plan, by=request.user, seen=seen)
    messages.success(request, _("アンケートを保存しました。"))
    return redirect("manage_survey", survey.pk)


def _as_sent(request: HttpRequest) -> dict[str, Any]:
    """Right or wrong: the form is shown again with one question more or less."""
    return {name: request.POST.get(name, "") for name in SurveyForm.base_fields}
