"""Requests for lectures as the section handles them."""

from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain.access import log_access
from accounts.domain.sections import require_section
from learning_paths.domain.by_hand import to_telephone
from learning_paths.domain.outreach.accepting import accept_date
from learning_paths.domain.outreach.answering import decline_outreach, propose_dates
from learning_paths.domain.outreach.dates import current_dates
from learning_paths.domain.outreach.desk import requests_of
from learning_paths.domain.outreach.ending import cancel_outreach, note_held
from learning_paths.domain.outreach.states import MOVES
from learning_paths.domain.outreach.telling import session_of
from learning_paths.enums import OutreachState as State
from learning_paths.forms.requests_desk import (
    ArrangeForm,
    HeldForm,
    ProposeForm,
    ReasonForm,
)
from learning_paths.models import OutreachDate, OutreachRequest
from learning_paths.views.back_office.frame import (
    Act,
    desk_page,
    for_staff,
    note_told,
    step_done,
)

PER_PAGE = 50
FORMS: dict[str, tuple[State, type[Form]]] = {
    "accept": (State.ACCEPTED, ArrangeForm),
    "propose": (State.PROPOSED, ProposeForm),
    "decline": (State.DECLINED, ReasonForm),
    "held": (State.DONE, HeldForm),
    "cancel": (State.CANCELLED, ReasonForm),
}


@for_staff
@require_safe
def outreach_list(request: HttpRequest) -> HttpResponse:
    """Of the own section; those that wait for it first."""
    found = requests_of(request.user).prefetch_related("dates")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = list(page)
    today = timezone.localdate()
    log_access(
        subject="出前講座の申込み", people=len(rows), by=request.user, at=timezone.now()
    )
    return desk_page(
        request,
        "outreach",
        title=_("出前講座"),
        root="manage_outreach",
        page_obj=page,
        page_range=page.paginator.get_elided_page_range(page.number),
        rows=[(one, current_dates(one), one.answer_by < today) for one in rows],
    )


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def outreach_request(request: HttpRequest, pk: int) -> HttpResponse:
    """`step` says which form was sent: one of FORMS, or `told`."""
    found = OutreachRequest.objects.select_related(
        "entry__course__department", "group", "run", "entered_by"
    )
    one = get_object_or_404(found, pk=pk)
    require_section(request.user, one.entry.course.department)
    telephone = to_telephone([f"outreach:{one.pk}:"])
    step = request.POST.get("step", "")
    forms = _forms(request, one, step)
    if step == "told":
        note_told(request, telephone)
        return redirect("manage_outreach_one", pk)
    if request.method == "POST" and step_done(request, forms, partial(_act, request, one)):
        return redirect("manage_outreach_one", pk)
    log_access(subject=f"outreach:{one.pk}", people=1, by=request.user, at=timezone.now())
    return desk_page(
        request,
        "outreach_one",
        title=f"{one.entry} {one.group_name}",
        root="manage_outreach",
        forms=forms,
        one=one,
        course=one.entry.course,
        dates=current_dates(one),
        session=session_of(one),
        moves=one.moves.select_related("by"),
        telephone=telephone,
        is_late=one.answer_by < timezone.localdate(),
    )


def _forms(request: HttpRequest, one: OutreachRequest, step: str) -> dict[str, Form]:
    ways = MOVES[State(one.state)]
    return {
        name: form(request.POST if step == name else None, prefix=name)
        for name, (to, form) in FORMS.items()
        if to in ways and not (name == "accept" and one.state == State.PROPOSED)
    }


def _act(request: HttpRequest, one: OutreachRequest, step: str, form: Any) -> Act:
    said = form.cleaned_data
    who = {"request": one, "by": request.user, "at": timezone.now()}

    def accept() -> None:
        date = get_object_or_404(OutreachDate, pk=said["date"], request=one)
        accept_date(date=date, arranged=form.arranged(), **who)

    def propose() -> None:
        propose_dates(starts=form.starts(), words=said["words"], **who)

    told = _("申し込んだ方に知らせました。")
    acts: dict[str, Act] = {
        "accept": (accept, told),
        "propose": (propose, told),
        "decline": (lambda: decline_outreach(why=said["why"], **who), told),
        "cancel": (lambda: cancel_outreach(why=said["why"], **who), told),
        "held": (
            lambda: note_held(people_came=said["people_came"], **who),
            _("実施したことを記録しました。"),
        ),
    }
    return acts[step]
