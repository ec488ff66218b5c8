"""結果の公表: what everybody would see, with the texts to choose from. For the section."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.domain.refusal import Refusal
from enrollments.domain.surveys.publishing import (
    may_be_published,
    public_results,
    publish_results,
    take_results_back,
    texts_of,
)
from enrollments.models import Survey
from enrollments.views.back_office.frame import run_page
from enrollments.views.back_office.survey_frame import survey_for
from enrollments.views.survey_plots import shown


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def survey_publish(request: HttpRequest, pk: int) -> HttpResponse:
    survey = survey_for(request, pk)
    refusal = None
    if request.method == "POST":
        try:
            return _act(request, survey)
        except Refusal as found:
            refusal = found
    result = public_results(survey)
    return run_page(
        request,
        "manage/survey_publish.html",
        survey.run,
        title=_("結果の公表"),
        current="manage_surveys",
        status=409 if refusal else 200,
        survey=survey,
        result=result,
        may_publish=may_be_published(survey),
        shown=[shown(n, one, ()) for n, one in enumerate(result.questions, start=1)],
        choices=_choices(survey),
        refusal=refusal,
    )


def _act(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Raises: Refusal."""
    if request.POST.get("act") == "take_back":
        take_results_back(survey=survey, by=request.user)
        messages.success(request, _("公表をやめました。"))
        return redirect("manage_survey", survey.pk)
    wanted = set(request.POST.getlist("text"))
    chosen = [
        (question.key, text)
        for place, (question, texts) in enumerate(texts_of(survey))
        for number, text in enumerate(texts)
        if f"{place}-{number}" in wanted
    ]
    publish_results(survey=survey, chosen=chosen, by=request.user, at=timezone.now())
    messages.success(request, _("結果を公表しました。"))
    return redirect("manage_survey", survey.pk)


def _choices(survey: Survey) -> list[dict[str, object]]:
    """Each text with a box; settled, they and their order stand."""
    public = {(one["key"], one["text"]) for one in survey.published_texts}
    return [
        {
            "label": question.label,
            "texts": [
                (f"{place}-{number}", text, (question.key, text) in public)
                for number, text in enumerate(texts)
            ],
        }
        for place, (question, texts) in enumerate(texts_of(survey))
    ]
