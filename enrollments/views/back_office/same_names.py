"""Readings that stand in several applications of a run, each to be settled by one press.
For staff of the section."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.domain.access import log_access
from accounts.domain.refusal import Refusal
from accounts.forms.fields import row_number
from courses.models import CourseRun
from enrollments.domain.changing_people import drop_participant
from enrollments.domain.leaving import cancel_application
from enrollments.domain.same_names import SameName, keep_namesakes, same_names
from enrollments.forms.back_office import REASON_LIMIT
from enrollments.views.back_office.frame import run_for, run_page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def same_names_page(request: HttpRequest, code: str) -> HttpResponse:
    """`act` is keep, `leave:<participant>` or `cancel:<application>`; `key` the reading."""
    run = run_for(request, code)
    cases = same_names(run_pk=run.pk)
    refusal = None
    if request.method == "POST":
        try:
            messages.success(request, _settle(request, run, cases))
        except Refusal as found:
            refusal = found
        else:
            return redirect("manage_same_names", code)
    log_access(
        subject=f"読みの同じ方 {run.code}",
        people=sum(len(case.people) for case in cases),
        by=request.user,
        at=timezone.now(),
    )
    return run_page(
        request,
        "manage/same_names.html",
        run,
        title=_("読みの同じ方"),
        current="manage_applications",
        status=409 if refusal else 200,
        cases=cases,
        refusal=refusal,
        reason_limit=REASON_LIMIT,
        typed=request.POST if refusal else {},
    )


def _settle(request: HttpRequest, run: CourseRun, cases: list[SameName]) -> str:
    """Raises: those of what is done, Refusal for nothing or for somebody else."""
    act, _colon, number = request.POST.get("act", "").partition(":")
    key = request.POST.get("key", "")
    why = request.POST.get("reason", "")[:REASON_LIMIT].strip()
    now, pk = timezone.now(), row_number(number)
    if act == "keep":
        keep_namesakes(run_pk=run.pk, key=key, why=why, by=request.user, at=now)
        return _("別の方として、どちらも残しました。")
    case = next((one for one in cases if one.key == key), None)
    people = case.people if case else ()
    for person in people:
        if act == "leave" and person.pk == pk:
            drop_participant(participant=person, by=request.user, at=now)
            return _("参加する方から外しました。申込者にお知らせします。")
        if act == "cancel" and person.application_id == pk:
            if not why:
                raise Refusal(_("本人に知らせる理由を書いてください。"))
            cancel_application(
                application=person.application, by=request.user, at=now, why=why
            )
            return _("申込みを取り消しました。申込者にお知らせします。")
    raise Refusal(_("操作をえらんでください。"))
