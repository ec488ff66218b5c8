"""Outside its section, nobody learns a number below five, nor can work one out from the
total: where one cell of a breakdown is held back, a second one is."""

from collections.abc import Sequence

from enrollments.domain.reporting.age_bands import FEWEST


def held_back(total: int, cells: Sequence[int]) -> frozenset[int]:
    """Of the cells of one breakdown, which are not told. Nought is told: it is nobody.
    A small total tells of the same few people as its cells."""
    small = {number for number, cell in enumerate(cells) if 0 < cell < FEWEST}
    if 0 < total < FEWEST:
        return frozenset(number for number, cell in enumerate(cells) if cell)
    if len(small) == 1:
        others = [n for n, cell in enumerate(cells) if cell and n not in small]
        small |= set(sorted(others, key=lambda n: cells[n])[:1])
    return frozenset(small)
