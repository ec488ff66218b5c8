"""How far somebody is through a series: different units completed, of as many as the series
asks for, which are all of them unless it says a number. A pure function over keys."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class SeriesProgress:
    """`units` are keys of courses in the order of the series, `done` those completed, in
    the same order; `needed` is never more than there are."""

    units: tuple[int, ...]
    done: tuple[int, ...]
    needed: int

    @property
    def total(self) -> int:
        return len(self.units)

    @property
    def missing(self) -> int:
        return max(0, self.needed - len(self.done))

    @property
    def is_done(self) -> bool:
        return bool(self.units) and not self.missing

    @property
    def left(self) -> tuple[int, ...]:
        """Units that are not completed yet."""
        return tuple(unit for unit in self.units if unit not in self.done)


def series_progress(
    units: Sequence[int], completed: Collection[int], *, needed: int | None
) -> SeriesProgress:
    """`needed` is none for a series that asks for all of its units."""
    every = tuple(dict.fromkeys(units))
    return SeriesProgress(
        units=every,
        done=tuple(unit for unit in every if unit in completed),
        needed=len(every) if needed is None else min(needed, len(every)),
    )
