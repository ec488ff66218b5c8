"""As many rows at once as one statement carries on every database."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

Row = TypeVar("Row")
BATCH = 500


def batches(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]
