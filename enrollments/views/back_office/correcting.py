"""Correcting a name or a contact of an application. For staff of the run's section."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.domain.access import log_access
from accounts.domain.refusal import Refusal
from accounts.domain.sections import require_section
from enrollments.domain.correcting import correct_contact
from enrollments.forms.correcting import CorrectionForm, contact_of
from enrollments.models import Application
from enrollments.views.back_office.frame import run_page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct_application(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(
        Application.objects.select_related("run__course__department"), pk=pk
    )
    require_section(request.user, found.run.course.department)
    now = timezone.now()
    form = CorrectionForm(request.POST or None, initial=contact_of(found))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            correct_contact(
                application=found, contact=form.contact(), by=request.user, at=now
            )
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, _("申込みの内容を直しました。"))
            return redirect("manage_application", pk)
    subject = f"申込みの訂正 {found.receipt_number}"
    log_access(subject=subject, people=1, by=request.user, at=now)
    return run_page(
        request,
        "manage/correct_application.html",
        found.run,
        title=_("氏名・連絡先を直す %(number)s") % {"number": found.receipt_number},
        status=409 if refusal else 422 if form.errors else 200,
        application=found,
        form=form,
        forms=[form],
        refusal=refusal,
    )
