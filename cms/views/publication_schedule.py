"""公開の予定 of a course's page: set, changed, cancelled. For staff of the section."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.refusal import NotAllowed
from accounts.domain.sections import require_section
from accounts.models import User
from cms.course_pages import page_of
from cms.forms.schedule import ScheduleForm
from cms.models import CoursePage
from cms.scheduling import (
    Schedule,
    cancel_schedule,
    goes_live_at,
    keep_until,
    write_schedule,
)
from cms.views.publishing import publish_as, what_happened
from courses.models import Course


@require_http_methods(["GET", "HEAD", "POST"])
def schedule(request: HttpRequest, pk: int) -> HttpResponse:
    course, page = _own(request, pk)
    form = ScheduleForm(request.POST or None, prefix="schedule", page=page)
    _ask_only_what_can_be(form, page)
    may_publish = page.permissions_for_user(request.user).can_publish()
    if request.method == "POST" and not may_publish:
        raise NotAllowed
    if request.method == "POST" and form.is_valid():
        messages.success(request, _keep(form.schedule(), page, request.user))
        return redirect("manage_course", pk)
    context: dict[str, Any] = {
        "course": course,
        "page": page,
        "form": form,
        "forms": [form],
        "scheduled_at": goes_live_at(page),
        "may_publish": may_publish,
        "wrong": form.is_bound and bool(form.errors),
        "breadcrumbs_items": [
            {"url": reverse("manage_courses"), "label": _("講座")},
            {"url": reverse("manage_course", args=[pk]), "label": str(course)},
            {"url": "", "label": _("公開の予定")},
        ],
        "header_title": _("公開の予定"),
        "page_title": _("公開の予定"),
    }
    status = 422 if context["wrong"] else 200
    return render(request, "manage/publication_schedule.html", context, status=status)


def _keep(schedule: Schedule, page: CoursePage, user: User) -> str:
    """Raises: NotAllowed (locked by somebody)."""
    with transaction.atomic():
        if schedule.go_live_at is None and page.live:
            keep_until(page, schedule.expire_at, by=user)
            return _("公開の予定を保存しました。")
        write_schedule(page, schedule)
        page.save_revision(user=user, log_action=True)
        publish_as(user, page)
    return what_happened(page)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    _course, page = _own(request, pk)
    if not page.permissions_for_user(request.user).can_unschedule():
        raise NotAllowed
    if goes_live_at(page) is None:
        messages.info(request, _("公開の予約はありません。"))
    else:
        cancel_schedule(page, by=request.user)
        messages.success(request, _("公開の予約を取り消しました。下書きは残っています。"))
    return redirect("manage_course", pk)


def _own(request: HttpRequest, pk: int) -> tuple[Course, CoursePage]:
    """Raises: NotAllowed."""
    course = get_object_or_404(Course.objects.select_related("department"), pk=pk)
    require_section(request.user, course.department)
    page = page_of(course)
    if page is None:
        raise Http404
    return course, page


def _ask_only_what_can_be(form: ScheduleForm, page: CoursePage) -> None:
    """What is live without a newer draft has nothing that could go live."""
    if page.live and not page.has_unpublished_changes:
        del form.fields["go_live_at"]
    elif not page.live:
        form.fields["go_live_at"].required = True
        form.fields["go_live_at"].help_text = ""
