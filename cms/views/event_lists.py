"""Event lists in from the back office: choose a file, look at what it would do, take it
over. For staff, each for the own section."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.domain.refusal import Refusal
from accounts.domain.sections import require_staff
from cms.approval import may_publish
from cms.event_list_uploads import (
    UploadGone,
    Waiting,
    apply_upload,
    forget_expired,
    look,
    receive,
)
from cms.event_lists import PlanChanged
from cms.forms.event_list import EventListForm
from cms.models import CoursePage, EventListUpload
from cms.presenters.event_list import Preview, groups_of, headings

PER_PAGE = 50
SHOWN = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """The form, and the section's lists: those that wait and those taken over."""
    require_staff(request.user)
    now, refusal, status = timezone.now(), None, 200
    forget_expired(at=now)
    sent = request.method == "POST"
    data, files = (request.POST, request.FILES) if sent else (None, None)
    form = EventListForm(data, files, user=request.user)
    if sent and form.is_valid():
        try:
            upload = receive(
                file=form.cleaned_data["file"],
                key=form.cleaned_data["form_key"],
                department=form.cleaned_data["department"],
                by=request.user,
                at=now,
            )
            return redirect("manage_import_plan", upload.key)
        except Refusal as found:
            form.add_error("file", str(found))
    if sent:
        status = 422
    uploads = EventListUpload.objects.of(request.user).defer("content")
    context = {
        "form": form,
        "forms": [form],
        "wrong": sent,
        "refusal": refusal,
        "uploads": uploads.select_related("uploaded_by", "department")[:SHOWN],
        **_titles(),
    }
    return render(request, "manage/import.html", context, status=status)


@never_cache
@require_safe
def plan(request: HttpRequest, key: UUID) -> HttpResponse:
    """What taking the list over would do; afterwards, what it did."""
    upload = _upload(request, key)
    if upload.applied_at is not None:
        return _result(request, upload)
    try:
        waiting = look(upload, at=timezone.now())
    except UploadGone as gone:
        return _back(request, gone)
    return _plan_page(request, waiting)


@require_POST
def take_over_list(request: HttpRequest, key: UUID) -> HttpResponse:
    """Whole or not at all; where the plan has changed meanwhile, the new one is shown."""
    upload = _upload(request, key)
    now = timezone.now()
    try:
        apply_upload(
            key=upload.key,
            by=request.user,
            at=now,
            seen=request.POST.get("seen", "") or "-",
            goes_live=request.POST.get("publish") == "1",
        )
    except UploadGone as gone:
        return _back(request, gone)
    except Refusal as refusal:
        waiting = look(upload, at=now)
        return _plan_page(request, waiting, refusal=refusal)
    return redirect("manage_import_plan", key)


@require_POST
def discard(request: HttpRequest, key: UUID) -> HttpResponse:
    """The file is forgotten; what was taken over stays."""
    found = EventListUpload.objects.of(request.user)
    found.filter(key=key, applied_at__isnull=True).delete()
    messages.success(request, _("選んだ一覧を取りやめました。何も取り込んでいません。"))
    return redirect("manage_import")


def _upload(request: HttpRequest, key: UUID) -> EventListUpload:
    """Another section's is not there. Raises: NotAllowed, Http404."""
    require_staff(request.user)
    uploads = EventListUpload.objects.of(request.user).select_related("department")
    return get_object_or_404(uploads, key=key)


def _back(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    messages.error(request, str(refusal))
    return redirect("manage_import")


def _plan_page(
    request: HttpRequest, waiting: Waiting, *, refusal: Refusal | None = None
) -> HttpResponse:
    computed = waiting.computed
    preview = Preview(computed.plan, computed.known.departments, timezone.localdate())
    entries = preview.entries()
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "upload": waiting.upload,
        "plan": computed.plan,
        "mark": computed.mark,
        "counts": list(preview.report.counts()),
        "groups": groups_of(entries, per_page=PER_PAGE),
        "headings": headings(),
        "page_obj": page,
        "does_something": bool(computed.plan.new_courses or computed.plan.changed_courses),
        "may_publish": may_publish(request.user, None),
        "refusal": refusal,
        **_titles(waiting.upload.file_name),
    }
    status = 409 if isinstance(refusal, PlanChanged) else 422 if refusal else 200
    return render(request, "manage/import_plan.html", context, status=status)


def _result(request: HttpRequest, upload: EventListUpload) -> HttpResponse:
    told: dict[str, Any] = upload.outcome
    pages = CoursePage.objects.select_related("course").order_by("title")
    live = set(told["published"])
    made = list(pages.filter(course__in=told["made"]))
    context = {
        "upload": upload,
        "told": told,
        "drafts": [page for page in made if page.course_id not in live],
        "published": list(pages.filter(course__in=live)),
        "changed": list(pages.filter(course__in=told["changed"]).exclude(course__in=live)),
        **_titles(upload.file_name),
    }
    return render(request, "manage/import_done.html", context)


def _titles(name: str = "") -> dict[str, Any]:
    title = _("イベント一覧の取込み")
    crumbs = [{"url": reverse("manage_courses"), "label": _("講座")}]
    if name:
        crumbs.append({"url": reverse("manage_import"), "label": title})
    return {
        "breadcrumbs_items": [*crumbs, {"url": "", "label": name or title}],
        "header_title": name or title,
        "page_title": title,
    }
