"""Sessions are repeated by a rule, from a first day until a number of sessions or a last
day is reached; days off are passed over, each with its reason, and do not count.

Every second week counts weeks from the Monday of the first day's week. A rule without
weekdays keeps that of its first day; every day means all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal
from courses.domain.closing_days import DayOff
from courses.enums import RepeatEvery

MOST_SESSIONS = 100
MOST_SKIPPED = 100
HORIZON = timedelta(days=3 * 366)
LAST = 5
Skip = Callable[[date], DayOff | None]


class RuleHasNoEnd(Refusal):
    sentence = _("回数か最後の日を入力してください。")


class RuleEndsBeforeStart(Refusal):
    sentence = _("最後の日は、最初の日以後にしてください。")


class RuleNamesNoWeek(Refusal):
    sentence = _("毎月の第何週かをえらんでください。")


class TooManySessions(Refusal):
    sentence = _("一度に入れられるのは100回までです。")


@dataclass(frozen=True)
class RepeatRule:
    """`weekdays`: Monday is 0. `weeks` of the month from 1 to 4, `LAST` is the last."""

    every: RepeatEvery
    first_day: date
    count: int | None = None
    last_day: date | None = None
    weekdays: frozenset[int] = frozenset()
    weeks: frozenset[int] = frozenset()

    def check(self) -> None:
        """Raises: RuleHasNoEnd, RuleEndsBeforeStart, RuleNamesNoWeek, TooManySessions."""
        if self.count is None and self.last_day is None:
            raise RuleHasNoEnd
        if self.last_day is not None and self.last_day < self.first_day:
            raise RuleEndsBeforeStart
        if self.every == RepeatEvery.MONTH and not self.weeks:
            raise RuleNamesNoWeek
        if self.count is not None and self.count > MOST_SESSIONS:
            raise TooManySessions

    @property
    def days_of_week(self) -> frozenset[int]:
        if self.weekdays:
            return self.weekdays
        if self.every == RepeatEvery.DAY:
            return frozenset(range(7))
        return frozenset({self.first_day.weekday()})

    def names(self, day: date) -> bool:
        """Whether the rule, its ends and days off aside, is about this day."""
        if day.weekday() not in self.days_of_week:
            return False
        if self.every == RepeatEvery.OTHER_WEEK:
            return (_monday(day) - _monday(self.first_day)).days % 14 == 0
        if self.every == RepeatEvery.MONTH:
            is_last = (day + timedelta(days=7)).month != day.month
            return week_of_month(day) in self.weeks - {LAST} or (
                is_last and LAST in self.weeks
            )
        return True


@dataclass(frozen=True)
class Dates:
    """`is_complete` is false where too few days were found within three years."""

    days: tuple[date, ...]
    skipped: tuple[DayOff, ...]
    is_complete: bool = True


def dates_of(rule: RepeatRule, skip: Skip) -> Dates:
    """The days of a rule; `skip` says why a day is off, or none.

    Raises: those of `RepeatRule.check`, TooManySessions.
    """
    rule.check()
    days: list[date] = []
    skipped: list[DayOff] = []
    for day in _named(rule):
        off = skip(day)
        if off is None:
            days.append(day)
        else:
            skipped.append(off)
        if len(days) > MOST_SESSIONS:
            raise TooManySessions
        if len(days) == rule.count or len(skipped) == MOST_SKIPPED:
            break
    wanted = rule.count if rule.last_day is None else None
    return Dates(tuple(days), tuple(skipped), wanted is None or len(days) == wanted)


def week_of_month(day: date) -> int:
    """1 for 第1土曜, whatever day the month began on."""
    return (day.day - 1) // 7 + 1


def _named(rule: RepeatRule) -> Iterator[date]:
    end = rule.first_day + HORIZON
    end = min(rule.last_day, end) if rule.last_day else end
    day = rule.first_day
    while day <= end:
        if rule.names(day):
            yield day
        day += timedelta(days=1)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
