"""出前講座メニュー: each section says how its outreach courses come to people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain.sections import require_section, section_of
from courses.enums import CourseKind
from courses.models import Course
from learning_paths.domain.outreach.menu import put_on_menu
from learning_paths.forms.requests_desk import TermsForm, terms_initial
from learning_paths.models import OutreachEntry
from learning_paths.views.back_office.frame import carried_out, desk_page, for_staff


@for_staff
@require_safe
def menu_of_section(request: HttpRequest) -> HttpResponse:
    """Outreach courses of the own section, on the menu or not yet."""
    courses = Course.objects.filter(kind=CourseKind.OUTREACH).select_related(
        "department", "outreach"
    )
    if not request.user.is_superuser:
        courses = courses.filter(department=section_of(request.user))
    return desk_page(
        request,
        "outreach_menu",
        title=_("出前講座メニュー"),
        root="manage_outreach",
        rows=[(course, getattr(course, "outreach", None)) for course in courses],
    )


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def menu_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """`pk` is the course's."""
    course = get_object_or_404(Course.objects.select_related("department"), pk=pk)
    require_section(request.user, course.department)
    entry = OutreachEntry.objects.filter(course=course).first()
    form = TermsForm(request.POST or None, initial=terms_initial(entry))
    if request.method == "POST" and form.is_valid():

        def put() -> None:
            put_on_menu(course=course, terms=form.terms(), by=request.user)

        if carried_out(request, form, put, _("メニューを保存しました。")):
            return redirect("manage_outreach_menu")
    return desk_page(
        request,
        "outreach_entry",
        title=str(course),
        root="manage_outreach",
        entry=entry,
        form=form,
        forms={"form": form},
    )
