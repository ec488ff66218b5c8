"""The section's courses, and one course with its runs. For staff."""

from django.core.paginator import Paginator
from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.domain.contact import tidy_kana, tidy_text
from accounts.domain.sections import section_of, works_for
from cms import approval
from cms.course_pages import page_of
from cms.forms.course_filter import CourseFilterForm
from cms.scheduling import course_goes_live_at, goes_live_at
from courses.domain.co_hosting import may_see, seen_by
from courses.models import Course, CourseRun
from enrollments.domain.queries import with_applied, with_waiting
from enrollments.views.back_office.runs import lines_of

PER_PAGE = 50


@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    """Every section sees all courses, its own first; `own` keeps to one's own and
    co-hosted ones."""
    section = section_of(request.user)
    words = tidy_text(request.GET.get("q", ""))[:60]
    own_only = request.GET.get("own", "1" if section else "") == "1"
    form = CourseFilterForm(request.GET)
    form.is_valid()
    year = form.cleaned_data.get("year")
    found = Course.objects.select_related("department").annotate(
        number_of_runs=Count("runs", distinct=True),
        goes_live_at=course_goes_live_at(),
        live_pages=Count("pages", filter=Q(pages__live=True), distinct=True),
        distance=Case(
            When(department=section, then=Value(0)),
            default=Value(1),
            output_field=IntegerField(),
        ),
    )
    if own_only and section:
        found = found.filter(pk__in=seen_by(section).values("pk"))
    if year is not None:
        found = found.filter(
            pk__in=CourseRun.objects.filter(fiscal_year=year).values("course")
        )
    if words:
        found = found.filter(
            Q(title__icontains=words) | Q(title_kana__contains=tidy_kana(words))
        )
    page = Paginator(found.order_by("distance", "-pk"), PER_PAGE).get_page(
        request.GET.get("p")
    )
    context = {
        "page_obj": page,
        "form": form,
        "words": words,
        "own_only": own_only,
        "section": section,
        "breadcrumbs_items": [{"url": "", "label": _("講座")}],
        "header_title": _("講座"),
        "page_title": _("講座"),
    }
    return render(request, "manage/courses.html", context)


@require_safe
def course(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Course.objects.select_related("department"), pk=pk)
    runs = found.runs.order_by("-code")
    page = page_of(found)
    rights = page.permissions_for_user(request.user) if page is not None else None
    may_change = works_for(request.user, found.department)
    may_read = may_see(request.user, found)
    request_state = approval.state_of(page) if page is not None and may_read else None
    waits = request_state is not None and request_state.status == "in_progress"
    unpublished = page is not None and (not page.live or page.has_unpublished_changes)
    context = {
        "course": found,
        "page": page,
        "goes_live_at": goes_live_at(page),
        "lines": lines_of(with_applied(with_waiting(runs)), at=timezone.now()),
        "may_change": may_change,
        "may_see": may_read,
        "co_hosts": list(found.co_hosts.all()),
        "request_state": request_state,
        "waits": waits,
        "may_approve": waits and approval.is_approver(request.user, page),
        "may_publish": unpublished and not waits and rights.can_publish(),
        "may_schedule": may_change and rights is not None and rights.can_publish(),
        "may_ask": may_change and unpublished and not waits and not rights.can_publish(),
        "breadcrumbs_items": [
            {"url": reverse("manage_courses"), "label": _("講座")},
            {"url": "", "label": str(found)},
        ],
        "header_title": str(found),
        "page_title": str(found),
    }
    return render(request, "manage/course.html", context)
