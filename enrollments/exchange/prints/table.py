"""A list of people as a table on A4, laid across where it has many boxes to tick."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.exchange.paper.printable import Fact
from courses.models import CourseRun, Session
from enrollments.domain.printing.heading import heading
from enrollments.exchange.prints.printout import Printout, Row

# More boxes to tick than this stand on a sheet laid across.
BOXES_UPRIGHT = 6


def held_sessions(run: CourseRun) -> list[Session]:
    """In order of time, with their places."""
    found = run.sessions.select_related("venue", "room__venue", "run__venue")
    return [session for session in found if session.is_held]


def table_sheet(
    title: str,
    run: CourseRun,
    sessions: Sequence[Session],
    columns: list[dict[str, Fact]],
    rows: list[Row],
    *,
    people: int,
    at: datetime,
    note: str,
) -> Printout:
    count = ngettext("%(number)s人", "%(number)s人", people) % {"number": people}
    boxes = sum(one["kind"] == "box" for one in columns)
    facts: dict[str, Fact] = {
        "heading": heading(run, sessions, at=at),
        "count": count,
        "columns": columns,
        "rows": rows,
        "empty": _("受講が決まった方はまだいません。"),
        "note": note,
        "across": boxes > BOXES_UPRIGHT,
    }
    named = [str(one["label"]) for one in columns if one["kind"] == "text"]
    return Printout("list", title, facts, people, [name for name in named if name])
