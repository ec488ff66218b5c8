"""Age bands tell of at least five people each: smaller ones are put together with their
neighbours, and a run of fewer people has none."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

FEWEST = 5
OLDEST = 80
DECADE = 10


@dataclass(frozen=True)
class AgeBand:
    """From the age `first` to below `end`; none at an open end."""

    first: int | None
    end: int | None
    number: int


def age_on(birth_date: date, day: date) -> int:
    had_birthday = (day.month, day.day) >= (birth_date.month, birth_date.day)
    return day.year - birth_date.year - (not had_birthday)


def age_bands(ages: Iterable[int]) -> list[AgeBand]:
    """By decades, from the youngest. What is left at the end joins the band before."""
    counted = Counter(min(max(age, 0) // DECADE * DECADE, OLDEST) for age in ages)
    if sum(counted.values()) < FEWEST:
        return []
    bands: list[AgeBand] = []
    first, number = 0, 0
    for decade in range(0, OLDEST + 1, DECADE):
        number += counted[decade]
        if number >= FEWEST:
            bands.append(AgeBand(first or None, decade + DECADE, number))
            first, number = decade + DECADE, 0
    last = bands.pop()
    return [*bands, AgeBand(last.first, None, last.number + number)]
