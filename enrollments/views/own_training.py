"""研修の記録 of the signed-in employee."""

from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.domain.sections import section_of
from enrollments.domain.training.hours import hours_words
from enrollments.domain.training.records import own_training


@never_cache
@login_required
@require_safe
def my_training(request: HttpRequest) -> HttpResponse:
    """For whoever works in a section; there is none for residents."""
    if section_of(request.user) is None:
        raise Http404
    found = own_training(request.user)
    years = [
        (year, runs, hours_words(sum(one.minutes for one in runs)))
        for year, group in groupby(found, key=lambda one: one.run.fiscal_year)
        for runs in [list(group)]
    ]
    return render(request, "enrollments/training.html", {"years": years})
