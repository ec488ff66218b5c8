"""Who comes along, changed by whoever holds the application's secret link."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.domain.refusal import Refusal
from accounts.models import User
from enrollments.domain.changing_people import drop_participant, exchange_participant
from enrollments.domain.conditions import asked_of_everybody
from enrollments.domain.leaving import may_withdraw
from enrollments.forms.person import CompanionForm
from enrollments.models import Application
from enrollments.views.application import by_secret_link


def change_companion(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """GET asks; POST `action` exchange or leave does it."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @by_secret_link
    def opened(request: HttpRequest, application: Application, token: str) -> HttpResponse:
        return _change(request, application, token, pk)

    return opened(request, token)


def _change(
    request: HttpRequest, application: Application, token: str, pk: int
) -> HttpResponse:
    found = application.participants.filter(pk=pk, is_applicant=False).first()
    if found is None:
        raise Http404
    by = request.user if isinstance(request.user, User) else None
    leaves = request.POST.get("action") == "leave"
    data = request.POST if request.method == "POST" and not leaves else None
    form = CompanionForm(data, kinds=asked_of_everybody(application.run))
    form.empty_permitted = False
    refusal: Refusal | None = None
    if request.method == "POST" and (leaves or form.is_valid()):
        now = timezone.now()
        try:
            if leaves:
                drop_participant(participant=found, by=by, at=now)
            else:
                person = form.person()
                exchange_participant(participant=found, person=person, by=by, at=now)
        except Refusal as why:
            refusal = why
        else:
            messages.success(request, _("参加する方を変更しました。"))
            return redirect("application", token)
    context = {
        "application": application,
        "run": application.run,
        "course": application.run.course,
        "participant": found,
        "token": token,
        "form": form,
        "refusal": refusal,
        "may_change": may_withdraw(application, at=timezone.now()),
    }
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "enrollments/companion.html", context, status=status)
