"""An offered place is held for as many hours as the run says, never past the start of
what it is for, and until the morning where the time would run out at night. Shortly
before that start nobody is asked: the place is given at once.
"""

from datetime import datetime, time, timedelta

from courses.domain.fiscal_year import TOKYO

MORNING = time(9)
EVENING = time(21)


def reply_by(
    *, at: datetime, hours: int, immediate_days: int, starts_at: datetime | None
) -> datetime | None:
    """Until when an offer made at `at` may be answered; none where nobody is asked.

    `starts_at` is the first session to come, none while no date is known.
    """
    if starts_at is not None and starts_at - at <= timedelta(days=immediate_days):
        return None
    until = _in_the_day(_whole_minute(at + timedelta(hours=hours)))
    return until if starts_at is None else min(until, starts_at)


def half_way(*, made_at: datetime, until: datetime) -> datetime:
    """When somebody who has not answered is reminded."""
    return made_at + (until - made_at) / 2


def _whole_minute(moment: datetime) -> datetime:
    """Up, so that the minute shown is still in time."""
    down = moment.replace(second=0, microsecond=0)
    return down if down == moment else down + timedelta(minutes=1)


def _in_the_day(moment: datetime) -> datetime:
    local = moment.astimezone(TOKYO)
    if MORNING <= local.time() <= EVENING:
        return local
    later = local.time() > EVENING
    day = local.date() + timedelta(days=1) if later else local.date()
    return datetime.combine(day, MORNING, tzinfo=TOKYO)
