"""When both sides of a joint session are asked again. For staff of the section."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.domain.refusal import Refusal
from courses.models import CourseRun
from enrollments.domain.surveys.follow_ups import due_day, plan_follow_up
from enrollments.forms.follow_up import FollowUpForm
from enrollments.models import FollowUp
from enrollments.views.back_office.frame import run_for


def follow_up_context(run: CourseRun) -> dict[str, Any]:
    """For the tab of surveys; nothing for other kinds of courses."""
    if not run.course.is_joint:
        return {}
    found = FollowUp.objects.filter(run=run).select_related("survey").first()
    form: forms.Form = FollowUpForm(
        initial={
            "is_wanted": found.is_wanted if found else True,
            "due_on": found.due_on if found else None,
        }
    )
    return {"follow_up": found or FollowUp(run=run), "due": due_day(run), "again": form}


@require_POST
def plan(request: HttpRequest, code: str) -> HttpResponse:
    run = run_for(request, code)
    form = FollowUpForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("日付を確かめてください。"))
        return redirect("manage_surveys", code)
    try:
        plan_follow_up(run=run, **form.cleaned_data, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("6か月後のアンケートの予定を保存しました。"))
    return redirect("manage_surveys", code)
