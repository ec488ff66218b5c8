"""Entering an application that came by telephone, on paper or at the counter."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.domain.refusal import Refusal
from accounts.forms.fields import row_number
from courses.models import CourseRun
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.refusals import (
    AlreadyApplied,
    ApplicationsClosed,
    ApplicationsNotOpen,
    AppliesElsewhere,
    ReceivedLongAgo,
)
from enrollments.domain.waiting_list import position_of
from enrollments.forms.back_office import EntryForm
from enrollments.models import Application
from enrollments.views.back_office.frame import run_for, run_page

# Paper is entered in a pile, so its day and channel are offered again.
PILE = timedelta(minutes=2)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_application(request: HttpRequest, code: str) -> HttpResponse:
    """After saving, the number is shown large and the form is ready for the next."""
    run = run_for(request, code)
    entered = _just_entered(request, run)
    form = EntryForm(request.POST or None, run=run, initial=_as_before(entered))
    refusal, existing = None, None
    if request.method == "POST" and form.is_valid():
        try:
            new = _enter(request, form)
        except AlreadyApplied as found:
            existing = found.existing
            form.add_error(
                "is_namesake",
                _("受付番号 %(number)s の申込みと、氏名の読みと連絡先が同じです。")
                % {"number": existing.receipt_number},
            )
        except (ApplicationsNotOpen, ApplicationsClosed, AppliesElsewhere):
            form.add_error(
                "override_reason",
                _("受付期間の外の申込みです。受け付けるときは、理由を書いてください。"),
            )
        except ReceivedLongAgo as found:
            form.add_error("received_at", str(found.sentence))
        except Refusal as found:
            refusal = found
        else:
            return redirect(f"{request.path}?entered={new.pk}")
    wrong = request.method == "POST" and refusal is None
    return run_page(
        request,
        "manage/application_new.html",
        run,
        title=_("申込みを入力"),
        current="manage_application_new",
        status=409 if refusal else 422 if wrong else 200,
        form=form,
        forms=[form, *form.companions],
        refusal=refusal,
        wrong=wrong,
        existing=existing,
        entered=entered if request.method == "GET" else None,
        position=position_of(entered) if entered else None,
    )


def _enter(request: HttpRequest, form: EntryForm) -> Application:
    """A reason opens the window, but only the tick says that it is somebody else.

    Raises: those of `apply_for_seat`.
    """
    found = form.cleaned_data
    reason = found["override_reason"]
    return apply_for_seat(
        run=form.run,
        request=form.seat_request(),
        by=request.user,
        at=timezone.now(),
        received_at=found["received_at"],
        override_reason=reason,
        namesake_reason=reason if found["is_namesake"] else "",
        pool_kind=form.pool_kind,
    )


def _just_entered(request: HttpRequest, run: CourseRun) -> Application | None:
    pk = row_number(request.GET.get("entered", ""))
    return Application.objects.filter(pk=pk, run=run, entered_by=request.user).first()


def _as_before(entered: Application | None) -> dict[str, Any]:
    if entered is None:
        return {}
    before = {"channel": entered.channel, "pool": entered.pool.kind}
    if entered.created_at - entered.received_at > PILE:
        before["received_at"] = timezone.localtime(entered.received_at)
    return before
