"""Which audience gives the places it has not filled to which, when, and how many it keeps:
said by the section, shown to everybody in one sentence, and not changed once done."""

from datetime import date, datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.domain.refusal import Refusal
from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.changes import LANGUAGE, record_difference
from courses.domain.fiscal_year import TOKYO
from courses.domain.locking import lock_run
from courses.domain.wording import moment_words
from courses.enums import PoolKind
from courses.models import CourseRun, SwapRule


class SwapIsDone(Refusal):
    sentence = gettext_lazy("空いた席は、もう回しました。決まりは変えられません。")


class SwapNeedsTwoPools(Refusal):
    sentence = gettext_lazy("定員のある、別の枠を二つえらんでください。")


class SwapAfterStart(Refusal):
    sentence = gettext_lazy("席を回す日時は、はじめの回より前にしてください。")


def set_swap_rule(
    *,
    run: CourseRun,
    giver: PoolKind,
    taker: PoolKind,
    moment: datetime,
    keeps: int,
    by: User,
    at: datetime,
) -> SwapRule:
    """Raises: NotAllowed, SwapIsDone, SwapNeedsTwoPools, SwapAfterStart."""
    with transaction.atomic():
        fresh = lock_run(run.pk)
        require_section(by, fresh.course.department)
        former = _undone(fresh)
        pools = fresh.pools.filter(kind__in=(giver, taker), capacity__isnull=False)
        if giver == taker or pools.values("kind").distinct().count() < 2:
            raise SwapNeedsTwoPools
        first = fresh.sessions.held().order_by("starts_at").first()
        if first is not None and moment >= first.starts_at:
            raise SwapAfterStart
        rule = SwapRule(run=fresh, giver=giver, taker=taker, at=moment, keeps=keeps)
        rule.pk = former.pk if former else None
        rule.save()
        _record(fresh, former, rule, by, at)
    return rule


def drop_swap_rule(*, run: CourseRun, by: User, at: datetime) -> None:
    """Raises: NotAllowed, SwapIsDone."""
    with transaction.atomic():
        fresh = lock_run(run.pk)
        require_section(by, fresh.course.department)
        former = _undone(fresh)
        if former is not None:
            SwapRule.objects.filter(pk=former.pk).delete()
            _record(fresh, former, None, by, at)


def swap_words(rule: SwapRule, *, today: date, english: bool = False) -> str:
    """The rule, or what came of it, in one sentence for everybody."""
    words = {
        "giver": rule.get_giver_display(),
        "taker": rule.get_taker_display(),
        "when": moment_words(rule.at, today=today, english=english),
        "keeps": rule.keeps,
        "moved": rule.moved,
    }
    if rule.done_at is not None and rule.moved:
        return _("%(giver)sの空いた席%(moved)s席を、%(taker)sに回しました。") % words
    if rule.done_at is not None:
        return _("%(giver)sから%(taker)sに回す席はありませんでした。") % words
    if rule.keeps:
        return (
            _(
                "%(when)sに%(giver)sに空いている席があれば、%(keeps)s席を残して"
                "%(taker)sに回します。"
            )
            % words
        )
    return _("%(when)sに%(giver)sに空いている席があれば、%(taker)sに回します。") % words


def _undone(run: CourseRun) -> SwapRule | None:
    """Raises: SwapIsDone."""
    former = SwapRule.objects.filter(run=run).first()
    if former is not None and former.done_at is not None:
        raise SwapIsDone
    return former


def _record(
    run: CourseRun, former: SwapRule | None, rule: SwapRule | None, by: User, at: datetime
) -> None:
    today = at.astimezone(TOKYO).date()
    with translation.override(LANGUAGE):
        name = _("空いた席のゆずり")
        before, after = (
            {name: swap_words(one, today=today) if one else ""} for one in (former, rule)
        )
    record_difference(subject=run, before=before, after=after, by=by, at=at)
