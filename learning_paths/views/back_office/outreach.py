"""Requests for lectures as the section handles them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain.access import log_access
from accounts.domain.sections import require_section
from accounts.forms.fields import row_number
from learning_paths.domain.by_hand import settle, to_telephone
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
from learning_paths.views.back_office.frame import carried_out, desk_page, for_staff

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
    step = request.POST.get("step", "")
    forms = _forms(request, one, step)
    if request.method == "POST":
        if step == "told":
            return _told(request, one)
        if step not in forms:
            raise Http404
        form = forms[step]
        if form.is_valid():
            act, words = _act(request, one, step, form)
            if carried_out(request, form, act, words):
                return redirect("manage_outreach_one", pk)
    return _page(request, one, forms)


def _forms(request: HttpRequest, one: OutreachRequest, step: str) -> dict[str, Form]:
    ways = MOVES[State(one.state)]
    return {
        name: form(request.POST if step == name else None, prefix=name)
        for name, (to, form) in FORMS.items()
        if to in ways and not (name == "accept" and one.state == State.PROPOSED)
    }


def _act(
    request: HttpRequest, one: OutreachRequest, step: str, form: Any
) -> tuple[Callable[[], object], str]:
    """What is to be done, and what is said once it is."""
    said = form.cleaned_data
    who = {"request": one, "by": request.user, "at": timezone.now()}

    def accept() -> None:
        date = get_object_or_404(OutreachDate, pk=said["date"], request=one)
        accept_date(date=date, arranged=form.arranged(), **who)

    def propose() -> None:
        propose_dates(starts=form.starts(), words=said["words"], **who)

    told = _("申し込んだ方に知らせました。")
    acts: dict[str, tuple[Callable[[], object], str]] = {
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


def _told(request: HttpRequest, one: OutreachRequest) -> HttpResponse:
    waiting = to_telephone([f"outreach:{one.pk}:"])
    chosen = waiting.filter(pk=row_number(request.POST.get("message", "")))
    settle(messages=chosen, by=request.user, at=timezone.now())
    messages.success(request, _("伝えたことを記録しました。"))
    return redirect("manage_outreach_one", one.pk)


def _page(
    request: HttpRequest, one: OutreachRequest, forms: dict[str, Form]
) -> HttpResponse:
    log_access(subject=f"outreach:{one.pk}", people=1, by=request.user, at=timezone.now())
    wrong = any(form.errors for form in forms.values())
    return desk_page(
        request,
        "outreach_one",
        title=f"{one.entry} {one.group_name}",
        root="manage_outreach",
        one=one,
        course=one.entry.course,
        dates=current_dates(one),
        session=session_of(one),
        moves=one.moves.select_related("by"),
        telephone=to_telephone([f"outreach:{one.pk}:"]),
        forms=forms,
        is_late=one.answer_by < timezone.localdate(),
        status=422 if wrong else 200,
    )
