"""変更の記録 of a course and of a run. For its section and those that co-host it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.domain.sections import works_for
from cms.models import CoursePage
from cms.presenters.changes import entries, keys_of
from courses.domain.co_hosting import require_sight
from courses.models import ChangeRecord, Course
from enrollments.views.back_office.frame import run_page, seen_run

PER_PAGE = 30


@require_safe
def course_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Facts, runs, sessions and the page's own versions."""
    course = get_object_or_404(Course.objects.select_related("department"), pk=pk)
    require_sight(request.user, course)
    page = CoursePage.objects.filter(course=course).first()
    records = ChangeRecord.objects.filter(course=course)
    title = _("変更の記録")
    context = {
        **_shown(
            request, records, page, comparing=works_for(request.user, course.department)
        ),
        "course": course,
        "breadcrumbs_items": [
            {"url": reverse("manage_courses"), "label": _("講座")},
            {"url": reverse("manage_course", args=[pk]), "label": str(course)},
            {"url": "", "label": title},
        ],
        "header_title": f"{title} {course}",
        "page_title": title,
    }
    return render(request, "manage/changes.html", context)


@require_safe
def run_changes(request: HttpRequest, code: str) -> HttpResponse:
    run = seen_run(request, code)
    return run_page(
        request,
        "manage/changes.html",
        run,
        title=_("変更の記録"),
        current="manage_run_changes",
        **_shown(request, ChangeRecord.objects.filter(run=run), None, comparing=False),
    )


def _shown(
    request: HttpRequest, records: Any, page: CoursePage | None, *, comparing: bool
) -> dict[str, Any]:
    found = Paginator(keys_of(records, page), PER_PAGE).get_page(request.GET.get("p"))
    shown = entries(list(found.object_list), page=page, comparing=comparing)
    return {"page_obj": found, "entries": shown}
