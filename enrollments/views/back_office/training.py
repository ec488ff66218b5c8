"""研修の記録 in the back office, for those to whom personnel gave the permission. Nothing
is changed here: attendance and completion are put right at their run."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.domain.access import log_access
from courses.domain.fiscal_year import fiscal_year_of
from enrollments.domain.training.hours import hours_words
from enrollments.domain.training.records import (
    by_learner,
    places_in,
    trainings,
    years_of_training,
)
from enrollments.domain.training.rights import require_training_sight
from enrollments.forms.training import TrainingForm

ON_A_PAGE = 50


@never_cache
@require_safe
def training(request: HttpRequest) -> HttpResponse:
    """Of this fiscal year, where nothing was asked."""
    require_training_sight(request.user)
    now = timezone.now()
    this_year = fiscal_year_of(timezone.localdate(now))
    asked = request.GET.copy() or {"fiscal_year": str(this_year)}
    form = TrainingForm(asked, years=[*years_of_training(), this_year])
    said = form.cleaned_data if form.is_valid() else {"fiscal_year": this_year}
    learners = by_learner(trainings(places_in(**said)))
    page = Paginator(learners, ON_A_PAGE).get_page(request.GET.get("p"))
    log_access(subject="研修の記録", people=len(page.object_list), by=request.user, at=now)
    department = said.get("department")
    scope = {
        "fiscal_year": said.get("fiscal_year") or "",
        "department": department.pk if department else "",
    }
    title = _("研修の記録")
    context = {
        "page_title": title,
        "header_title": title,
        "header_icon": "doc-full",
        "breadcrumbs_items": [{"url": "", "label": title}],
        "form": form,
        "learners": page,
        "page_obj": page,
        "number": len(learners),
        "hours": hours_words(sum(one.minutes for one in learners)),
        "scope": urlencode({key: value for key, value in scope.items() if value}),
    }
    return render(request, "manage/training.html", context)
