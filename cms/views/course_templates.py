"""ひな形: kept from the form of a course, listed and deleted. For staff."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.domain.refusal import NotAllowed, Refusal
from accounts.domain.sections import section_of
from cms.forms.course_template import TemplateNameForm, values_of
from cms.forms.whole_course import CourseForms
from courses.domain.course_templates import (
    delete_template,
    may_delete,
    save_template,
    templates_for,
)
from courses.enums import CourseKind


@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    section = section_of(request.user)
    if section is None and not request.user.is_superuser:
        raise NotAllowed
    found = templates_for(section, request.user)
    context = {
        "lines": [(template, may_delete(template, request.user)) for template in found],
        "breadcrumbs_items": [
            {"url": reverse("manage_courses"), "label": _("講座")},
            {"url": "", "label": _("ひな形")},
        ],
        "header_title": _("ひな形"),
        "page_title": _("ひな形"),
    }
    return render(request, "manage/course_templates.html", context)


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    own = templates_for(section_of(request.user), request.user)
    template = get_object_or_404(own, pk=pk)
    delete_template(template=template, by=request.user)
    messages.success(request, _("「%(name)s」を削除しました。") % {"name": template.name})
    return redirect("manage_course_templates")


def keep_as_template(request: HttpRequest, forms: CourseForms) -> TemplateNameForm:
    """What was typed so far, whether or not it could be saved as a course."""
    form = TemplateNameForm(request.POST, prefix="template")
    if not form.is_valid():
        return form
    values = values_of(forms)
    department = forms.facts.cleaned_data.get("department") or section_of(request.user)
    try:
        if department is None:
            raise NotAllowed
        template = save_template(
            name=form.cleaned_data["name"],
            kind=CourseKind(values.get("facts-kind", CourseKind.COURSE)),
            values=values,
            department=department,
            by=request.user,
        )
    except Refusal as refusal:
        form.add_error("name", str(refusal.sentence))
        return form
    words = _("ひな形「%(name)s」を保存しました。講座はまだ保存していません。")
    messages.success(request, words % {"name": template.name})
    return TemplateNameForm(prefix="template")
