"""What is done to a table plan, each act by its name in the form; the plan's trace says on
the page what was done last."""

from collections.abc import Callable
from secrets import token_hex

from django.http import HttpRequest
from django.utils import timezone

from accounts.forms.fields import row_number
from courses.models import Session
from enrollments.domain.tables.arriving import rebalance, seat_the_rest
from enrollments.domain.tables.making import make_plan
from enrollments.domain.tables.moving import (
    lock_seat,
    move_person,
    name_facilitator,
    swap_people,
)
from enrollments.domain.tables.refusals import NoSuchSeat
from enrollments.domain.tables.standing import plan_of
from enrollments.domain.tables.taking_back import take_back
from enrollments.forms.tables import FacilitatorForm, TablePlanForm
from enrollments.models import TablePlan


def make(request: HttpRequest, session: Session, form: TablePlanForm) -> bool:
    """Whether it was made; else the form says why not. Raises: as `make_plan`."""
    if not form.is_valid():
        return False
    make_plan(
        session=session,
        tables=form.cleaned_data["tables"],
        question=form.cleaned_data.get("question"),
        seed=token_hex(8),
        by=request.user,
        at=timezone.now(),
    )
    return True


def act_on(request: HttpRequest, session: Session) -> bool:
    """Raises: NoSuchSeat, and as the acts do."""
    plan = plan_of(session)
    act = _ACTS.get(request.POST.get("act", ""))
    if plan is None or act is None:
        raise NoSuchSeat
    act(request, plan)
    return True


def _move(request: HttpRequest, plan: TablePlan) -> None:
    move_person(
        plan=plan,
        participant=_number(request, "person"),
        to=_number(request, "to"),
        seen=_number(request, "seen"),
        by=request.user,
        at=timezone.now(),
    )


def _swap(request: HttpRequest, plan: TablePlan) -> None:
    swap_people(
        plan=plan,
        participant=_number(request, "person"),
        other=_number(request, "other"),
        by=request.user,
        at=timezone.now(),
    )


def _lock(request: HttpRequest, plan: TablePlan) -> None:
    lock_seat(
        plan=plan,
        participant=_number(request, "person"),
        is_locked=request.POST.get("act") == "lock",
        by=request.user,
        at=timezone.now(),
    )


def _facilitator(request: HttpRequest, plan: TablePlan) -> None:
    form = FacilitatorForm(request.POST)
    if not form.is_valid():
        raise NoSuchSeat
    name_facilitator(
        plan=plan,
        number=form.cleaned_data["table"],
        name=form.cleaned_data["facilitator"],
        kind=form.cleaned_data["kind"],
        by=request.user,
    )


def _rebalance(request: HttpRequest, plan: TablePlan) -> None:
    rebalance(plan=plan, by=request.user, at=timezone.now())


def _seat_rest(request: HttpRequest, plan: TablePlan) -> None:
    seat_the_rest(plan=plan, by=request.user, at=timezone.now())


def _take_back(request: HttpRequest, plan: TablePlan) -> None:
    seen = _number(request, "seen")
    take_back(plan=plan, seen=seen, by=request.user, at=timezone.now())


_ACTS: dict[str, Callable[[HttpRequest, TablePlan], None]] = {
    "move": _move,
    "swap": _swap,
    "lock": _lock,
    "unlock": _lock,
    "facilitator": _facilitator,
    "rebalance": _rebalance,
    "seat-rest": _seat_rest,
    "take-back": _take_back,
}


def _number(request: HttpRequest, name: str) -> int:
    return row_number(request.POST.get(name, "")) or 0
