"""枠の受付: the windows of staff and groups. For staff of the run's section only."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.domain.refusal import Refusal
from courses.domain.ways_in import set_way_in, way_of
from courses.enums import PoolKind
from courses.models import CourseRun
from courses.models.way_in import OTHER_AUDIENCES
from enrollments.forms.ways_in import WayForm
from enrollments.views.back_office.frame import run_for, run_page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ways_in(request: HttpRequest, code: str) -> HttpResponse:
    """All audiences of the run are saved together or not at all."""
    run = run_for(request, code)
    forms = _forms(run, request.POST if request.method == "POST" else None)
    if not forms:
        raise Http404
    refusal: Refusal | None = None
    if request.method == "POST" and not any(form.errors for form in forms):
        try:
            _save(request, run, forms)
        except Refusal as found:
            refusal = found
        else:
            messages.success(request, _("枠の受付を保存しました。"))
            return redirect("manage_ways_in", run.code)
    return run_page(
        request,
        "manage/ways_in.html",
        run,
        title=_("枠の受付"),
        current="manage_ways_in",
        status=409 if refusal else 422 if request.method == "POST" else 200,
        refusal=refusal,
        forms=forms,
        wrong=any(form.errors for form in forms),
    )


def _forms(run: CourseRun, sent: Any) -> list[WayForm]:
    kinds = set(run.pools.values_list("kind", flat=True))
    return [
        WayForm(sent, kind=kind, way=way_of(run, kind))
        for kind in map(PoolKind, OTHER_AUDIENCES)
        if kind in kinds
    ]


def _save(request: HttpRequest, run: CourseRun, forms: list[WayForm]) -> None:
    with transaction.atomic():
        for form in forms:
            set_way_in(
                run=run,
                kind=form.kind,
                plan=form.plan(),
                by=request.user,
                at=timezone.now(),
            )
