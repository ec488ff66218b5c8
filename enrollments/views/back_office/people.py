"""Who comes, changed by staff: another person, or one fewer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.domain.refusal import Refusal
from accounts.domain.sections import require_section
from enrollments.domain.changing_people import drop_participant, exchange_participant
from enrollments.domain.conditions import asked_of_everybody
from enrollments.forms.person import PersonForm
from enrollments.models import Participant
from enrollments.views.back_office.frame import run_page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def participant(request: HttpRequest, pk: int) -> HttpResponse:
    """POST `action` leave, or exchange with the name of who comes instead."""
    found = get_object_or_404(
        Participant.objects.select_related(
            "application__run__course__department", "application__run__venue"
        ),
        pk=pk,
    )
    application = found.application
    require_section(request.user, application.run.course.department)
    leaves = request.POST.get("action") == "leave"
    form = PersonForm(request.POST if request.method == "POST" and not leaves else None)
    form.ask(asked_of_everybody(application.run), required=False, on_one_line=True)
    refusal = None
    if request.method == "POST" and (leaves or form.is_valid()):
        try:
            if leaves:
                drop_participant(participant=found, by=request.user, at=timezone.now())
            else:
                exchange_participant(
                    participant=found,
                    person=form.person(),
                    by=request.user,
                    at=timezone.now(),
                )
        except Refusal as why:
            refusal = why
        else:
            messages.success(request, _("参加する方を変更しました。"))
            return redirect("manage_application", application.pk)
    return run_page(
        request,
        "manage/participant.html",
        application.run,
        title=_("参加する方の変更"),
        status=409 if refusal else 422 if form.errors else 200,
        application=application,
        participant=found,
        changes=found.changes.select_related("by"),
        several=application.participants.count() > 1,
        form=form,
        refusal=refusal,
    )
