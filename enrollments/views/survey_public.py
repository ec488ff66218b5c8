"""結果の公表: what a survey found, for everybody; nobody who answered can be told."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.models.localised import in_english
from enrollments.domain.surveys.publishing import (
    chosen_texts,
    public_results,
    published_survey,
)
from enrollments.views.survey_plots import shown


@require_safe
def survey_public(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Raises: Http404 for what was not published."""
    survey = published_survey(public_id)
    if survey is None:
        raise Http404
    result = public_results(survey)
    context = {
        "survey": survey,
        "course": survey.run.course,
        "result": result,
        "shown": [
            one
            for one in (shown(n, each, ()) for n, each in enumerate(result.questions, 1))
            if one.table
        ],
        "texts": [
            (question.words(english=in_english()), said)
            for question, said in chosen_texts(survey)
        ],
    }
    return render(request, "enrollments/survey_public.html", context)
