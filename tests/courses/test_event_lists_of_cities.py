"""Every list in the folder that MANABIBA_EVENT_LISTS names goes through, row by row."""

import os
from pathlib import Path

import pytest

from courses.exchange.event_list.reading import Row, read_rows
from tests.courses.event_rows import plan_of

FOLDER = os.environ.get("MANABIBA_EVENT_LISTS", "")
FILES = sorted(Path(FOLDER).glob("*.csv")) if FOLDER else []

# Without a folder there is nothing to test, so there are no tests.
if FILES:

    @pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
    def test_every_row_is_used_or_rejected(path):
        read = read_rows(path.read_bytes(), file=path.name)
        plan = plan_of(*read)

        assert plan.rows == sum(isinstance(row, Row) or row.rejected for row in read)
        assert plan.rows > 0
        assert plan.accounts_for_every_row
        assert all(problem.text for problem in plan.problems)

    def test_all_lists_together_lose_no_row():
        read = [
            row for path in FILES for row in read_rows(path.read_bytes(), file=path.name)
        ]
        plan = plan_of(*read)

        assert plan.accounts_for_every_row
        assert len(plan.used_rows) > len(plan.rejected)
