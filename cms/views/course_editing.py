"""Making and changing a course in one form. For staff, each for the own section."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.domain.refusal import NotAllowed, Refusal
from accounts.domain.sections import require_section, section_of
from cms.course_pages import page_of, plain_text, publish, save_draft
from cms.forms.course import (
    FactsForm,
    FormKey,
    ProseForm,
    RunForm,
    SessionFormSet,
    facts_initial,
)
from cms.models import CoursePage
from cms.search.reindex import reindex_course
from courses.domain.making import make_course, revise_course
from courses.models import Course


@require_http_methods(["GET", "HEAD", "POST"])
def new_course(request: HttpRequest) -> HttpResponse:
    """Course, page, run and sessions at once."""
    if section_of(request.user) is None and not request.user.is_superuser:
        raise NotAllowed
    data = request.POST or None
    forms = {
        "facts": FactsForm(data, prefix="facts", user=request.user),
        "prose": ProseForm(data, prefix="prose"),
        "run": RunForm(data, prefix="run"),
        "sessions": SessionFormSet(data, prefix="sessions"),
        "key": FormKey(data),
    }
    if request.POST.get("step") == "more":
        forms["sessions"] = with_more_rows(request)
        return _form_page(request, forms)
    refusal = None
    if data and all_valid(*forms.values()):
        try:
            page = _make(request, forms)
        except Refusal as found:
            refusal = found
        else:
            return finish(request, page)
    return _form_page(request, forms, refusal=refusal)


def _make(request: HttpRequest, forms: dict[str, Any]) -> CoursePage:
    now = timezone.now()
    plans = [form.plan() for form in forms["sessions"] if form.has_changed()]
    with transaction.atomic():
        course, made = make_course(
            facts=forms["facts"].facts(),
            run=forms["run"].plan(),
            sessions=plans,
            form_key=str(forms["key"].cleaned_data["form_key"]),
            by=request.user,
            at=now,
        )
        if not made:
            return page_of(course)
        return save_draft(course, forms["prose"].cleaned_data, by=request.user)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_course(request: HttpRequest, pk: int) -> HttpResponse:
    """Facts and words of a course; its runs have forms of their own."""
    course = get_object_or_404(Course.objects.select_related("department"), pk=pk)
    require_section(request.user, course.department)
    page = page_of(course)
    text = plain_text(page) if page else ""
    prose = (
        {"intro": page.intro, "outcomes": page.outcomes, "cover": page.cover}
        if page
        else {}
    )
    data = request.POST or None
    forms = {
        "facts": FactsForm(
            data, prefix="facts", user=request.user, initial=facts_initial(course)
        ),
        "prose": ProseForm(data, prefix="prose", initial={**prose, "text": text}),
    }
    if text is None:
        del forms["prose"].fields["text"]
    refusal = None
    if data and all_valid(*forms.values()):
        try:
            with transaction.atomic():
                revise_course(
                    course=course,
                    facts=forms["facts"].facts(),
                    by=request.user,
                    at=timezone.now(),
                )
                page = save_draft(course, forms["prose"].cleaned_data, by=request.user)
        except Refusal as found:
            refusal = found
        else:
            reindex_course(course)
            return finish(request, page)
    return _form_page(request, forms, course=course, page=page, refusal=refusal)


def finish(request: HttpRequest, page: CoursePage) -> HttpResponse:
    """Where the pressed button leads: on, to the preview, or into public."""
    step = request.POST.get("step")
    if step == "publish":
        if not page.permissions_for_user(request.user).can_publish():
            raise NotAllowed
        publish(page, by=request.user)
        messages.success(
            request, _("「%(title)s」を公開しました。") % {"title": page.title}
        )
    else:
        messages.success(
            request, _("「%(title)s」を下書きに保存しました。") % {"title": page.title}
        )
    if step == "preview":
        return redirect("wagtailadmin_pages:view_draft", page.pk)
    return redirect("manage_course", page.course_id)


def all_valid(*forms: Any) -> bool:
    """Every form is asked, so that all errors are shown at once."""
    answers = [form.is_valid() for form in forms]
    return all(answers)


def with_more_rows(request: HttpRequest) -> Any:
    """The same rows, unchecked, with three more."""
    data = request.POST.copy()
    total = data.get("sessions-TOTAL_FORMS", "0")
    count = int(total) if total.isascii() and total.isdigit() else 0
    data["sessions-TOTAL_FORMS"] = str(min(count + 3, 60))
    return SessionFormSet(data, prefix="sessions")


def _form_page(
    request: HttpRequest,
    forms: dict[str, Any],
    *,
    course: Course | None = None,
    page: CoursePage | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    title = str(course) if course else _("新しい講座")
    wrong = request.method == "POST" and request.POST.get("step") != "more"
    return render(
        request,
        "manage/course_form.html",
        {
            **forms,
            "forms": forms,
            "media": forms["prose"].media,
            "course": course,
            "page": page,
            "refusal": refusal,
            "wrong": wrong and refusal is None,
            "breadcrumbs_items": [{"url": reverse("manage_courses"), "label": _("講座")}],
            "header_title": title,
            "page_title": title,
        },
        status=409 if refusal else 422 if wrong else 200,
    )
