"""Findings that both sides approved go on the page of the joint session, and are found by
the site's search from then on. For staff of the section."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.domain.refusal import Refusal
from cms.search.reindex import reindex_course
from enrollments.domain.shared_findings.agreeing import (
    publish_findings,
    take_down_findings,
)
from enrollments.models import SharedFindings
from enrollments.views.back_office.frame import run_for


@require_POST
def publish(request: HttpRequest, code: str, number: int) -> HttpResponse:
    run = run_for(request, code)
    every = SharedFindings.objects.filter(session__run=run, session__number=number)
    findings = get_object_or_404(every)
    away = request.POST.get("act") == "take-down"
    act = take_down_findings if away else publish_findings
    try:
        act(findings=findings, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        reindex_course(run.course)
        done = _("公開を終わりました。") if away else _("まとめを公開しました。")
        messages.success(request, done)
    return redirect("manage_findings_of_session", code, number)
