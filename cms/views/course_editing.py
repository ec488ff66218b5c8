"""Making and changing a course in one form. For staff, each for the own section."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.refusal import Refusal
from accounts.domain.sections import require_section, require_staff, section_of
from cms.approval import may_publish, request_approval, state_of
from cms.course_pages import page_of, save_draft
from cms.forms.course_template import TemplateNameForm
from cms.forms.session_rows import beside_rows
from cms.forms.whole_course import TEMPLATE, CourseForms
from cms.models import CoursePage
from cms.search.reindex import reindex_course
from cms.views.beginnings import beginning_of, keep_ways, wanted_of
from cms.views.course_templates import keep_as_template
from cms.views.publishing import publish_as, what_happened
from cms.views.saving import (
    save_run,
    sent_again,
    told_words,
    what_to_say,
    what_was_seen,
)
from courses.domain.course_templates import templates_for
from courses.domain.fingerprint import fingerprint_of
from courses.domain.making import make_course, revise_course
from courses.domain.refusals import ChangedMeanwhile
from courses.domain.run_plan import NeedsWindow
from courses.models import Course, CourseRun
from enrollments.domain.run_changes import people_in
from learning_paths.domain.wanted.answering import note_course_begun


@require_http_methods(["GET", "HEAD", "POST"])
def new_course(request: HttpRequest) -> HttpResponse:
    """Course, page, run and sessions at once."""
    require_staff(request.user)
    forms = CourseForms(request, user=request.user, beginning=beginning_of(request))
    refusal = None
    if forms.is_valid():
        try:
            with transaction.atomic():
                page = _make(request, forms)
        except Refusal as found:
            refusal = found
        else:
            return _finish(request, page)
    return _form_page(request, forms, refusal=refusal)


def _make(request: HttpRequest, forms: CourseForms) -> CoursePage:
    now = timezone.now()
    facts = forms.said()
    course, made = make_course(
        facts=facts,
        run=forms.plan(),
        sessions=forms.sessions.new_plans(),
        form_key=str(forms.key.cleaned_data["form_key"]),
        by=request.user,
        at=now,
    )
    keep_ways(request, course, at=now)
    if not made:
        course = revise_course(
            course=course,
            facts=facts,
            by=request.user,
            at=now,
            beside=forms.sessions.new_plans(),
        )
        sent_again(course, forms, by=request.user, at=now)
    if "request" in request.GET:
        wanted = wanted_of(request)
        note_course_begun(request=wanted, course=course, by=request.user, at=now)
    return _save_page(request, course, forms)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_course(request: HttpRequest, pk: int) -> HttpResponse:
    """The same form; where there are several runs, each has a form of its own."""
    course = get_object_or_404(Course.objects.select_related("department"), pk=pk)
    require_section(request.user, course.department)
    page = page_of(course)
    run = _only_run(course)
    forms = CourseForms(request, user=request.user, course=course, page=page, run=run)
    refusal = None
    if forms.is_valid():
        try:
            with transaction.atomic():
                page, told = _revise(request, course, page, run, forms)
        except Refusal as found:
            refusal = found
        else:
            reindex_course(course)
            return _finish(request, page, told=told)
    return _form_page(request, forms, course=course, page=page, run=run, refusal=refusal)


@require_POST
def publish_course(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as it is saved goes live."""
    course = get_object_or_404(Course.objects.select_related("department"), pk=pk)
    require_section(request.user, course.department)
    page = page_of(course)
    if page is None:
        raise Http404
    try:
        publish_as(request.user, page)
    except NeedsWindow as refusal:
        messages.error(request, str(refusal.sentence))
        return redirect("manage_course_edit", pk)
    messages.success(request, what_happened(page))
    return redirect("manage_course", pk)


def _only_run(course: Course) -> CourseRun | None:
    runs = list(course.runs.select_related("course", "venue")[:2])
    return runs[0] if len(runs) == 1 else None


def _revise(
    request: HttpRequest,
    course: Course,
    page: CoursePage | None,
    run: CourseRun | None,
    forms: CourseForms,
) -> tuple[CoursePage, int]:
    now = timezone.now()
    if page is not None and request.POST.get("seen", "") != str(page.latest_revision_id):
        raise ChangedMeanwhile
    course = revise_course(
        course=course,
        facts=forms.said(),
        by=request.user,
        at=now,
        beside=forms.sessions.new_plans() if run else (),
    )
    told = save_run(run, forms, request=request, at=now) if run else 0
    return _save_page(request, course, forms), told


def _save_page(request: HttpRequest, course: Course, forms: CourseForms) -> CoursePage:
    """The draft and, where asked for, its publication."""
    title = forms.facts.cleaned_data["title"]
    words = forms.prose.cleaned_data
    page = save_draft(
        course,
        title,
        words,
        by=request.user,
        like=forms.lent,
        schedule=forms.schedule.schedule(),
    )
    if request.POST.get("step") == "publish":
        publish_as(request.user, page)
    if request.POST.get("step") == "ask":
        request_approval(page=page, by=request.user, at=timezone.now())
    return page


def _finish(request: HttpRequest, page: CoursePage, told: int = 0) -> HttpResponse:
    """Where the pressed button leads: on, or to the preview."""
    step = request.POST.get("step")
    said = {
        "draft": _("「%(title)s」を下書きに保存しました。"),
        "ask": _("「%(title)s」の承認を課長に依頼しました。"),
    }
    saved = (
        what_happened(page)
        if step == "publish"
        else said.get(step, said["draft"]) % {"title": page.title}
    )
    messages.success(request, f"{saved}{told_words(told)}")
    if step == "preview":
        return redirect("wagtailadmin_pages:view_draft", page.pk)
    return redirect("manage_course", page.course_id)


def _form_page(
    request: HttpRequest,
    forms: CourseForms,
    *,
    course: Course | None = None,
    page: CoursePage | None = None,
    run: CourseRun | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    title = str(course) if course else _("新しい講座")
    template = (
        keep_as_template(request, forms)
        if forms.step == TEMPLATE
        else TemplateNameForm(prefix="template")
    )
    at_fields = refusal is not None and forms.point_at(refusal)
    wrong = (
        forms.is_wrong
        or bool(template.errors)
        or (forms.is_sent and (at_fields or refusal is None))
    )
    crumbs = [{"url": reverse("manage_courses"), "label": _("講座")}]
    if course:
        url = reverse("manage_course", args=[course.pk])
        crumbs.append({"url": url, "label": str(course)})
    context: dict[str, Any] = {
        **forms.context(),
        "forms": [*forms.asked(), template],
        "media": forms.media,
        "course": course,
        "run": run,
        "page": page,
        "may_publish": may_publish(request.user, course),
        "template_name": template,
        "request_state": state_of(page) if page is not None else None,
        "templates": _templates(request) if course is None else [],
        "people": people_in(run).count() if run else 0,
        "beside_rows": beside_rows(run) if run else [],
        **what_to_say(refusal, at_fields),
        "seen": page and what_was_seen(request, "seen", page.latest_revision_id, refusal),
        "seen_run": run
        and what_was_seen(request, "seen_run", fingerprint_of(run), refusal),
        "wrong": wrong,
        "breadcrumbs_items": [*crumbs, {"url": "", "label": title}],
        "header_title": title,
        "page_title": title,
    }
    status = 422 if wrong else 409 if refusal else 200
    return render(request, "manage/course_form.html", context, status=status)


def _templates(request: HttpRequest) -> Any:
    """To begin with; choosing one would lose what was typed."""
    if request.method == "POST":
        return []
    return templates_for(section_of(request.user), request.user)
