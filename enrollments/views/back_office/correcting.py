"""Correcting a name or a contact of an application. For staff of the run's section. Before
another mail address is saved they see what it does."""

from uuid import uuid4

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
from enrollments.domain.new_link import AddressChange, foresee
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
    before_saving = _to_confirm(request, found, form)
    if request.method == "POST" and form.is_valid() and before_saving is None:
        try:
            correct_contact(
                application=found,
                contact=form.contact(),
                link_id=uuid4(),
                by=request.user,
                at=now,
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
        title=_("氏名・連絡先を直す"),
        status=409 if refusal else 422 if form.errors else 200,
        application=found,
        form=form,
        forms=[form],
        refusal=refusal,
        before_saving=before_saving,
    )


def _to_confirm(
    request: HttpRequest, found: Application, form: CorrectionForm
) -> AddressChange | None:
    """What another address does, unless it was seen for this very address."""
    if request.method != "POST" or not form.is_valid():
        return None
    email = form.cleaned_data["email"]
    if request.POST.get("seen") == (email or "-"):
        return None
    return foresee(found, email=email)
