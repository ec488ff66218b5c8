"""Which sessions of a run fit into a row of the form, and what the row then shows."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from courses.enums import SessionState
from courses.models import CourseRun, Session


def rows_of(run: CourseRun) -> list[Session]:
    """Sessions of one day with times; put off ones too, as they get their new date."""
    return [session for session in _not_cancelled(run) if fits_a_row(session)]


def beside_rows(run: CourseRun) -> list[Session]:
    """Sessions that no row can show: called off, all-day or past midnight."""
    shown = {session.pk for session in rows_of(run)}
    found = run.sessions.select_related("venue", "room__venue", "run__venue")
    return [session for session in found if session.pk not in shown]


def _not_cancelled(run: CourseRun) -> list[Session]:
    found = run.sessions.exclude(state=SessionState.CANCELLED)
    in_order = found.select_related("venue", "room").prefetch_related("pools")
    return list(in_order.order_by("starts_at", "number"))


def fits_a_row(session: Session) -> bool:
    same_day = _day(session.starts_at) == _day(session.ends_at)
    return same_day and not session.is_all_day


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)


def row_initial(session: Session) -> dict[str, Any]:
    begins, ends = (
        timezone.localtime(session.starts_at),
        timezone.localtime(session.ends_at),
    )
    return {
        "pk": session.pk,
        "number": session.number,
        "day": begins.date(),
        "begins": begins.time().replace(second=0, microsecond=0),
        "ends": ends.time().replace(second=0, microsecond=0),
        "title": session.title,
        "room": str(session.room_id or ""),
        "online_url": session.online_url,
        "is_required": session.is_required,
    } | {f"places_{pool.kind}": pool.capacity for pool in session.pools.all()}
