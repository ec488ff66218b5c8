"""A milestone is reached on the day of the session that makes its number, in a fiscal year
or ever. Pure functions over days."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from courses.domain.fiscal_year import fiscal_year_of
from enrollments.enums import MilestoneSpan


@dataclass(frozen=True)
class Goal:
    """`key` tells it from others; so many `sessions` within the span."""

    key: int
    span: MilestoneSpan
    sessions: int


@dataclass(frozen=True)
class Reached:
    """`fiscal_year` is none for a milestone that counts everything."""

    goal: Goal
    day: date
    fiscal_year: int | None = None


def reached(days: Iterable[date], goals: Collection[Goal]) -> list[Reached]:
    """`days`: one for each session attended, in any order. By day, the smaller first."""
    every = sorted(days)
    by_year: dict[int, list[date]] = defaultdict(list)
    for day in every:
        by_year[fiscal_year_of(day)].append(day)
    found = [
        Reached(goal, there[goal.sessions - 1], year)
        for goal in goals
        for year, there in _spans(goal, every, by_year)
        if len(there) >= goal.sessions
    ]
    return sorted(found, key=lambda one: (one.day, one.goal.sessions, one.goal.span))


def next_goal(days: Iterable[date], goals: Collection[Goal]) -> tuple[Goal, int] | None:
    """The nearest one that counts everything, and how many sessions are left."""
    number = len(list(days))
    ahead = [
        goal for goal in goals if goal.span == MilestoneSpan.EVER and goal.sessions > number
    ]
    goal = min(ahead, key=lambda goal: goal.sessions, default=None)
    return (goal, goal.sessions - number) if goal else None


def _spans(
    goal: Goal, every: list[date], by_year: dict[int, list[date]]
) -> Iterable[tuple[int | None, list[date]]]:
    return by_year.items() if goal.span == MilestoneSpan.FISCAL_YEAR else [(None, every)]
