"""The page of a long list: how far it is, its file once it is made. For its maker only;
even administrators do not see others' files."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.domain.refusal import NotAllowed
from cms.enums import ExportFormat, ExportState
from cms.exports.jobs import decide_about_signs, done_of, require_still_allowed
from cms.exports.kinds import KINDS
from cms.models import ExportJob
from cms.views.export_acts import TYPES
from cms.views.export_page import titles


def job_for(request: HttpRequest, key: UUID) -> ExportJob:
    """Raises: Http404, NotAllowed where the person may no longer take out such lists."""
    mine = ExportJob.objects.filter(asked_by=request.user, expires_at__gt=timezone.now())
    joined = ("run__course__department", "department", "asked_by")
    found = mine.select_related(*joined).defer("content")
    job = get_object_or_404(found, key=key)
    if not KINDS[job.kind].may(request.user):
        raise NotAllowed
    return job


@never_cache
@require_safe
def show(request: HttpRequest, key: UUID) -> HttpResponse:
    """htmx asks for the bar only; without script there is a link to look again."""
    job = job_for(request, key)
    part = bool(request.headers.get("HX-Request"))
    if part and job.state != ExportState.WAITING:
        answer = HttpResponse(status=204)
        answer["HX-Refresh"] = "true"  # the work is over: the whole page is another
        return answer
    done = done_of(job)
    context: dict[str, Any] = {
        "job": job,
        "kind": KINDS[job.kind],
        "done": done,
        "percent": 100 * done // job.total if job.total else 0,
        **titles(str(KINDS[job.kind].label)),
    }
    template = "manage/_exports_progress.html" if part else "manage/exports_job.html"
    return render(request, template, context)


@never_cache
@require_safe
def file(request: HttpRequest, key: UUID) -> HttpResponse:
    """Written down when it was made."""
    job = job_for(request, key)
    if job.content is None:
        raise Http404
    require_still_allowed(job, at=timezone.now())
    answer = HttpResponse(bytes(job.content), content_type=TYPES[ExportFormat(job.format)])
    answer["Content-Disposition"] = f'attachment; filename="{job.file_name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_POST
def act(request: HttpRequest, key: UUID) -> HttpResponse:
    """Decide about signs, or throw the file away."""
    job = job_for(request, key)
    pressed = request.POST.get("act")
    if pressed == "forget":
        job.delete()
        return redirect("manage_exports")
    if pressed in ("replace", "utf8"):
        decide_about_signs(job=job, replaces=pressed == "replace")
    return redirect("manage_export_job", key)
