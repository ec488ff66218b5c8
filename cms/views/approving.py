"""承認: officers of the section ask and take back; its heads read, publish or send back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.refusal import NotAllowed, Refusal
from accounts.domain.sections import require_section
from cms import approval
from cms.course_pages import page_of
from cms.models import CoursePage
from cms.scheduling import goes_live_at
from cms.search.reindex import reindex_course
from cms.views.publishing import what_happened
from courses.models import ChangeRecord, Course
from enrollments.domain.queries import with_applied, with_waiting
from enrollments.views.back_office.runs import lines_of

CHANGES_SHOWN = 20


def course_and_page(pk: int) -> tuple[Course, CoursePage]:
    """Raises: Http404."""
    course = get_object_or_404(Course.objects.select_related("department"), pk=pk)
    page = page_of(course)
    if page is None:
        raise Http404
    return course, page


@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """For the section's officers."""
    course, page = course_and_page(pk)
    require_section(request.user, course.department)
    return _act(
        request,
        course,
        lambda: approval.request_approval(page=page, by=request.user, at=timezone.now()),
        _("課長に承認を依頼しました。"),
    )


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """For the section's officers."""
    course, page = course_and_page(pk)
    require_section(request.user, course.department)
    return _act(
        request,
        course,
        lambda: approval.withdraw_request(page=page, by=request.user),
        _("承認の依頼を取り下げました。"),
    )


def _act(
    request: HttpRequest, course: Course, act: Callable[[], Any], done: str
) -> HttpResponse:
    try:
        act()
    except NotAllowed:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        messages.success(request, done)
    return redirect("manage_course", course.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """What waits, as it would go public, and what is different from what is public now.
    For the section's heads and administrators."""
    course, page = course_and_page(pk)
    approval.require_approver(request.user, page)
    refusal = None
    if request.method == "POST":
        try:
            done = _decide(request, page)
        except Refusal as found:
            refusal = found
        else:
            reindex_course(course)
            messages.success(request, done)
            return redirect("manage_course", pk)
    title = _("承認")
    context = {
        "course": course,
        "page": page,
        "request_state": approval.state_of(page),
        "mark": approval.mark_of(page),
        "differences": _differences(request, page),
        "lines": lines_of(
            with_applied(with_waiting(course.runs.order_by("-code"))), at=timezone.now()
        ),
        "records": _records(course, page),
        "refusal": refusal,
        "comment": request.POST.get("comment", ""),
        "breadcrumbs_items": [
            {"url": reverse("manage_courses"), "label": _("講座")},
            {"url": reverse("manage_course", args=[pk]), "label": str(course)},
            {"url": "", "label": title},
        ],
        "header_title": title,
        "page_title": title,
    }
    status = 409 if refusal else 200
    return render(request, "manage/approval.html", context, status=status)


def _decide(request: HttpRequest, page: CoursePage) -> str:
    """Raises: those of `approve` and `send_back`."""
    seen = request.POST.get("seen", "")
    if request.POST.get("action") == "approve":
        approval.approve(page=page, by=request.user, seen=seen)
        waits = goes_live_at(page) is not None
        return what_happened(page) if waits else _("承認して公開しました。")
    comment = request.POST.get("comment", "")
    approval.send_back(page=page, by=request.user, comment=comment, seen=seen)
    return _("差し戻しました。担当者に知らせます。")


def _differences(request: HttpRequest, page: CoursePage) -> list[Any]:
    """Field by field, what the draft says otherwise than the public page; nothing for a
    page that was never public."""
    public = type(page).objects.get(pk=page.pk)
    if not public.live:
        return []
    panel = page.get_edit_handler().get_bound_panel(
        instance=page, request=request, form=None
    )
    found = [compare(public, page) for compare in panel.get_comparison()]
    return [one for one in found if one.is_field and one.has_changed()]


def _records(course: Course, page: CoursePage) -> list[ChangeRecord]:
    """What was changed of the facts since the page last went public."""
    records = ChangeRecord.objects.filter(course=course).select_related("by")
    if page.last_published_at:
        records = records.filter(at__gt=page.last_published_at)
    return list(records[:CHANGES_SHOWN])
