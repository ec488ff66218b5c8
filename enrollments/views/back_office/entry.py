"""Entering an application that came by telephone, on paper or at the counter, with the
keyboard alone. For staff of the run's section."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.domain.refusal import Refusal
from accounts.domain.sections import works_for
from accounts.forms.fields import row_number
from courses.models import CourseRun, Series
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.duplicates import LookAlike, look_alikes
from enrollments.domain.refusals import (
    AlreadyApplied,
    ApplicationsClosed,
    ApplicationsNotOpen,
    AppliesElsewhere,
    NotEligible,
    PaperTooLate,
    PostmarkMissing,
    ReceivedLongAgo,
)
from enrollments.domain.waiting_list import position_of
from enrollments.enums import Likeness
from enrollments.forms.entry import EntryForm
from enrollments.models import Application
from enrollments.views.back_office.frame import run_for, run_page
from enrollments.views.offered import offered_to

# Paper is entered in a pile, so its day and channel are offered again.
PILE = timedelta(minutes=2)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_application(request: HttpRequest, code: str) -> HttpResponse:
    """After saving, the number is shown large and the form is ready for the next. Who
    looks like somebody in the run is shown once; saving again takes the application."""
    run = offered_to(request).run_of(run_for(request, code).pk)
    now = timezone.now()
    entered = _just_entered(request, run)
    form = EntryForm(request.POST or None, run=run, at=now, initial=_as_before(entered))
    refusal, existing = None, None
    alike: list[LookAlike] = []
    if request.method == "POST" and form.is_valid():
        alike = _not_seen(form)
        if not alike:
            try:
                new = _enter(request, form)
            except AlreadyApplied as found:
                existing = found.existing
                _blame(form, found)
            except Refusal as found:
                refusal = None if _blame(form, found) else found
            else:
                return redirect(f"{request.path}?entered={new.pk}")
    wrong = request.method == "POST" and refusal is None and not alike
    return run_page(
        request,
        "manage/application_new.html",
        run,
        title=_("申込みを入力"),
        current="manage_application_new",
        status=409 if refusal or alike else 422 if wrong else 200,
        form=form,
        forms=[form, *form.companions, *form.children],
        refusal=refusal,
        wrong=wrong,
        existing=existing,
        alike=alike,
        seen=",".join(str(one.application.pk) for one in alike),
        entered=entered if request.method == "GET" else None,
        position=position_of(entered) if entered else None,
        series=_series_of(request, run),
    )


def _series_of(request: HttpRequest, run: CourseRun) -> list[Series]:
    """In which several units can be entered at once by this person."""
    found = Series.objects.filter(units__course=run.course_id).select_related("department")
    return [one for one in found if works_for(request.user, one.department)]


def _not_seen(form: EntryForm) -> list[LookAlike]:
    """Nobody is asked twice about the same people, nor about somebody they named."""
    if form.cleaned_data["is_namesake"]:
        return []
    alike = look_alikes(run_pk=form.run.pk, request=form.seat_request())
    # The same name and number is no doubt but a refusal, which names the application.
    found = [one for one in alike if one.likeness != Likeness.NAME_AND_PHONE]
    seen = form.seen_before()
    return found if any(str(one.application.pk) not in seen for one in found) else []


def _blame(form: EntryForm, refusal: Refusal) -> bool:
    """Put a refusal beside the field that cures it; false where none does."""
    window = _("受付期間の外の申込みです。受け付けるときは、理由を書いてください。")
    if isinstance(refusal, AlreadyApplied):
        words = _("受付番号 %(number)s の申込みと、氏名の読みと連絡先が同じです。")
        number = {"number": refusal.existing.receipt_number}
        form.add_error("is_namesake", words % number)
    elif isinstance(refusal, PostmarkMissing):
        form.add_error("postmarked_on", str(refusal.sentence))
    elif isinstance(refusal, PaperTooLate):
        form.add_error("override_reason", str(refusal.sentence))
    elif isinstance(refusal, NotEligible):
        words = _("%(why)s受け付けるときは、理由を書いてください。")
        form.add_error("override_reason", words % {"why": refusal.sentence})
    elif isinstance(refusal, (ApplicationsNotOpen, ApplicationsClosed, AppliesElsewhere)):
        form.add_error("override_reason", window)
    elif isinstance(refusal, ReceivedLongAgo):
        form.add_error("received_at", str(refusal.sentence))
    else:
        return False
    return True


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
    found = Application.objects.filter(pk=pk, run=run, entered_by=request.user)
    return found.select_related("pool").first()


def _as_before(entered: Application | None) -> dict[str, Any]:
    if entered is None:
        return {}
    before: dict[str, Any] = {
        "channel": entered.channel,
        "pool": entered.pool.kind,
        "session": entered.pool.session_id,
        "postmarked_on": entered.postmarked_on,
    }
    if entered.created_at - entered.received_at > PILE:
        before["received_at"] = timezone.localtime(entered.received_at)
    return before
