"""How what was found is shown: as a list, or as a month, a week or the days to come."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from courses.domain.month import Month, read_month
from courses.domain.week import Week, read_week
from courses.forms.facet_labels import facet_label


@dataclass(frozen=True)
class Shown:
    view: str
    month: Month | None = None
    week: Week | None = None

    @property
    def span(self) -> tuple[date, date] | None:
        """First and last day; none where there is no end to it."""
        part = self.month or self.week
        return (part.first_day, part.last_day) if part else None

    @property
    def query(self) -> dict[str, str]:
        """What of it stands in an address: nothing for a list."""
        if self.view == "list":
            return {}
        parts = {"view": self.view, "month": self.month, "week": self.week}
        return {name: str(part) for name, part in parts.items() if part}


@dataclass(frozen=True)
class Way:
    """A way of showing that can be chosen, by its address."""

    label: str
    query: str
    is_current: bool


def shown_as_asked(
    view: str, *, month: str, week: str, today: date, say: Callable[[str], None]
) -> Shown:
    """What is out of reach is said, and the present shown in its place."""
    if view == "month":
        found = read_month(month, today=today) if month else None
        if month and found is None:
            say(_not_found("month", month))
        return Shown(view, month=found or Month.of(today))
    if view == "week":
        there = read_week(week, today=today) if week else None
        if week and there is None:
            say(_not_found("week", week))
        return Shown(view, week=there or Week.of(today))
    return Shown(view)


def _not_found(name: str, value: str) -> str:
    words = {"facet": facet_label(name), "value": value}
    if name == "week":
        return _("%(facet)s「%(value)s」は見つからないため、今週を表示しました。") % words
    return _("%(facet)s「%(value)s」は見つからないため、今月を表示しました。") % words


def ways_of_showing(
    shown: Shown, query: Callable[[Shown], str], *, today: date, with_list: bool = True
) -> list[Way]:
    """Each shows the same time as the others; `query` writes an address."""
    day = today
    if shown.span and not shown.span[0] <= today <= shown.span[1]:
        day = shown.span[0]
    choices = [
        (Shown("list"), _("一覧")),
        (Shown("month", month=Month.of(day)), _("月ごと")),
        (Shown("week", week=Week.of(day)), _("週ごと")),
        (Shown("agenda"), _("次の予定")),
    ]
    return [
        Way(label, query(choice), choice.view == shown.view)
        for choice, label in choices[0 if with_list else 1 :]
    ]
