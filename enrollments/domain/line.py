"""The waiting list by hand: an officer moves somebody, or lets the line pass a party that
does not fit yet, with a reason that everybody concerned can read."""

from datetime import datetime

from django.db import transaction

from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.locking import lock_run
from courses.enums import WaitingPolicy
from courses.models import CourseRun, SeatPool
from enrollments.domain.refusals import DrawDecides, NoSuchPlace, NotWaiting
from enrollments.domain.waiting_list import promote_next
from enrollments.enums import LineAct
from enrollments.models import Application, LineRecord


def move_in_line(
    *, application: Application, to: int, by: User, at: datetime, why: str
) -> list[Application]:
    """Give somebody another place, 1 being the next. Whoever stands elsewhere because of
    it has the move, with its reason, in their record too.

    Returns whom the line moved up afterwards.
    Raises: NotAllowed, NotWaiting, DrawDecides, NoSuchPlace.
    """
    with transaction.atomic():
        line = _lock_line(application, by)
        places = {one.pk: place for place, one in enumerate(line, start=1)}
        if not 1 <= to <= len(line):
            raise NoSuchPlace
        moved = line.pop(places[application.pk] - 1)
        line.insert(to - 1, moved)
        _write_places(line, places)
        LineRecord.objects.bulk_create(
            LineRecord(
                application=one,
                act=LineAct.MOVED,
                before=places[one.pk],
                after=place,
                why=why,
                at=at,
                by=by,
            )
            for place, one in enumerate(line, start=1)
            if places[one.pk] != place
        )
        return promote_next(pool=moved.pool, by=by, at=at)


def let_pass(
    *, application: Application, by: User, at: datetime, why: str
) -> list[Application]:
    """As long as the free seats are too few for this party, they go to those behind it.
    It keeps its place and gets the first seats that are enough.

    Returns whom the line moved up. Raises: NotAllowed, NotWaiting, DrawDecides.
    """
    with transaction.atomic():
        line = _lock_line(application, by)
        place = 1 + [one.pk for one in line].index(application.pk)
        LineRecord.objects.create(
            application=application,
            act=LineAct.SKIPPED,
            before=place,
            after=place,
            why=why,
            at=at,
            by=by,
        )
        return promote_next(pool=application.pool, by=by, at=at)


def offer_free_seats(*, pool: SeatPool, by: User, at: datetime) -> list[Application]:
    """Now, without waiting for the worker. Returns whom the line moved up.

    Raises: NotAllowed.
    """
    with transaction.atomic():
        run = lock_run(pool.run_id)
        require_section(by, run.course.department)
        return promote_next(pool=pool, by=by, at=at)


def _lock_line(application: Application, by: User) -> list[Application]:
    run: CourseRun = lock_run(application.run_id)
    require_section(by, run.course.department)
    if run.waiting_policy == WaitingPolicy.REDRAW:
        raise DrawDecides
    line = list(Application.objects.waiting_in(application.pool).select_related("pool"))
    if application.pk not in {one.pk for one in line}:
        raise NotWaiting
    return line


def _write_places(line: list[Application], before: dict[int, int]) -> None:
    """As far down as the order differs from that of receipt, or has ever done so."""
    last = max(
        place
        for place, one in enumerate(line, start=1)
        if one.place_in_line is not None or before[one.pk] != place or place == 1
    )
    for place, one in enumerate(line[:last], start=1):
        one.place_in_line = place
    Application.objects.bulk_update(line[:last], ["place_in_line"])
