"""Places that one audience has not filled go to another once, at the stated time or when an
officer says why sooner; whoever waits for them moves up."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.domain.contact import tidy_text
from accounts.domain.refusal import Refusal
from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.locking import lock_run
from courses.enums import RunState
from courses.models import CourseRun, SeatPool, SwapRule
from enrollments.domain.capacity import give_places
from enrollments.enums import ApplicationState as State
from enrollments.models import Application

UNDECIDED = (State.AWAITING_DRAW, State.AWAITING_SCREENING)
IN_LINE = (*UNDECIDED, State.WAITING)


class NoSwapRule(Refusal):
    sentence = _("空いた席を回す決まりがありません。先に決まりを保存します。")


class AlreadySwapped(Refusal):
    sentence = _("空いた席は、もう回しました。定員は「開催を編集」で変えられます。")


class SwapUndecided(Refusal):
    sentence = _("抽選や選考を待つ人がいます。結果を決めてから席を回します。")


class SwapWithoutReason(Refusal):
    sentence = _("決めた日時より前に回す理由を入力してください。")


@dataclass(frozen=True)
class Gift:
    """`number` places of one pool for another, of the same session where people choose
    one."""

    giver: SeatPool
    taker: SeatPool
    number: int


def gifts_of(rule: SwapRule) -> list[Gift]:
    """What the rule would move now; those who wait for the giver's places come first.

    Raises: SwapUndecided.
    """
    pools = {(p.session_id, p.kind): p for p in rule.run.pools.select_related("session")}
    found = []
    for (session, kind), giver in pools.items():
        taker = pools.get((session, rule.taker))
        if kind != rule.giver or taker is None or taker.capacity is None:
            continue
        in_line = Application.objects.filter(pool=giver, state__in=IN_LINE)
        states = set(in_line.values_list("state", flat=True))
        if states & set(UNDECIDED):
            raise SwapUndecided
        number = (giver.seats_left or 0) - rule.keeps
        if number > 0 and not states:
            found.append(Gift(giver, taker, number))
    return found


def swap_now(*, run: CourseRun, reason: str, by: User, at: datetime) -> SwapRule:
    """Raises: NotAllowed, SwapWithoutReason, NoSwapRule, AlreadySwapped, SwapUndecided,
    CapacityIsFrozen."""
    why = tidy_text(reason)[:200]
    with transaction.atomic():
        locked = lock_run(run.pk)
        require_section(by, locked.course.department)
        rule = SwapRule.objects.filter(run=locked).first()
        if rule is None:
            raise NoSwapRule
        if rule.done_at is not None:
            raise AlreadySwapped
        if not why:
            raise SwapWithoutReason
        rule.run = locked
        return _swap(rule, by, why, at)


def swap_due(*, at: datetime) -> int:
    """How many rules were carried out; safe to call again, and from several workers.
    Where a draw or a screening is still due, the places wait for it."""
    due = SwapRule.objects.filter(
        done_at=None, at__lte=at, run__state=RunState.ANNOUNCED
    ).filter(run__sessions__ends_at__gt=at)
    done = 0
    for key in due.order_by("pk").values_list("run", flat=True).distinct():
        try:
            with transaction.atomic():
                run = lock_run(key)
                rule = SwapRule.objects.filter(run=run, done_at=None, at__lte=at).first()
                if rule is not None:
                    rule.run = run
                    _swap(rule, None, "", at)
                    done += 1
        except Refusal:
            continue
    return done


def _swap(rule: SwapRule, by: User | None, why: str, at: datetime) -> SwapRule:
    """Under the run's lock, of a rule read under it."""
    gifts = gifts_of(rule)
    rule.done_at, rule.done_by, rule.why = at, by, why
    rule.moved = sum(gift.number for gift in gifts)
    rule.save(update_fields=["done_at", "done_by", "why", "moved"])
    for gift in gifts:
        give_places(giver=gift.giver, taker=gift.taker, number=gift.number, by=by, at=at)
    return rule
