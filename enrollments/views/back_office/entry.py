"""Entering an application that came by telephone, on paper or at the counter."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.domain.refusal import Refusal
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.gates import require_open_for_staff
from enrollments.domain.refusals import AlreadyApplied, LateForThisWindow
from enrollments.forms.back_office import EntryForm
from enrollments.models import Application
from enrollments.views.back_office.frame import run_for, run_page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_application(request: HttpRequest, code: str) -> HttpResponse:
    """After saving, the number is shown large and the form is ready for the next."""
    run = run_for(request, code)
    form = EntryForm(request.POST or None, run=run)
    refusal, existing = None, None
    if request.method == "POST" and form.is_valid():
        try:
            entered = _enter(request, form)
        except AlreadyApplied as found:
            refusal, existing = found, found.existing
            form.add_error(
                "override_reason", _("別の方なら、理由を書いて送り直してください。")
            )
        except LateForThisWindow as found:
            refusal = found
            form.add_error("override_reason", found.sentence)
        except Refusal as found:
            refusal = found
        else:
            return redirect(f"{request.path}?entered={entered.pk}")
    return run_page(
        request,
        "manage/application_new.html",
        run,
        title=_("申込みを入力"),
        current="manage_application_new",
        status=409 if refusal else 422 if form.errors else 200,
        form=form,
        refusal=refusal,
        existing=existing,
        entered=_just_entered(request, run.pk),
    )


def _enter(request: HttpRequest, form: EntryForm) -> Application:
    found = form.cleaned_data
    require_open_for_staff(
        run=form.run, at=found["received_at"], override_reason=found["override_reason"]
    )
    return apply_for_seat(
        run=form.run,
        request=form.seat_request(),
        by=request.user,
        at=timezone.now(),
        received_at=found["received_at"],
        override_reason=found["override_reason"],
    )


def _just_entered(request: HttpRequest, run_pk: int) -> Application | None:
    pk = request.GET.get("entered", "")
    if not pk.isascii() or not pk.isdigit():
        return None
    return Application.objects.filter(pk=int(pk), run=run_pk).first()
