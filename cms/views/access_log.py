"""The record of who looked at and took out personal data. For heads (their own people) and
administrators; looking at it names staff only, and taking it out is recorded in it."""

from datetime import datetime, time, timedelta

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.domain.access import may_see_the_log, seen_by
from accounts.domain.refusal import NotAllowed
from accounts.models import AccessLog
from cms.forms.access_log import AccessLogForm
from courses.domain.fiscal_year import TOKYO

PER_PAGE = 50


@never_cache
@require_safe
def access_log(request: HttpRequest) -> HttpResponse:
    if not may_see_the_log(request.user):
        raise NotAllowed
    form = AccessLogForm(request.GET, user=request.user)
    found = seen_by(request.user)
    if form.is_valid():
        found = _narrowed(found, form)
    query = request.GET.copy()
    query.pop("p", None)
    title = _("閲覧・出力の記録")
    context = {
        "form": form,
        "page_obj": Paginator(found, PER_PAGE).get_page(request.GET.get("p")),
        "query": query.urlencode(),
        "breadcrumbs_items": [{"url": "", "label": title}],
        "header_title": title,
        "page_title": title,
    }
    return render(request, "manage/access_log.html", context)


def _narrowed(found: QuerySet[AccessLog], form: AccessLogForm) -> QuerySet[AccessLog]:
    said = form.cleaned_data
    if said["user"]:
        found = found.filter(user=said["user"])
    if said.get("department"):
        found = found.filter(user__staff_profile__department=said["department"])
    if said["kind"]:
        found = found.filter(kind=said["kind"])
    if said["since"]:
        found = found.filter(at__gte=datetime.combine(said["since"], time(), tzinfo=TOKYO))
    if said["until"]:
        end = said["until"] + timedelta(days=1)
        found = found.filter(at__lt=datetime.combine(end, time(), tzinfo=TOKYO))
    return found
