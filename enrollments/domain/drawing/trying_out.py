"""A draw is tried out with a seed that is thrown away: it shows, and changes nothing."""

from datetime import datetime

from courses.models import CourseRun
from enrollments.domain.drawing import refusals
from enrollments.domain.drawing.entry_list import entry_list
from enrollments.domain.drawing.freezing import require_freezable
from enrollments.domain.drawing.holding import draw_from_record, withdrawn_from
from enrollments.domain.drawing.rule import Drawn, draw
from enrollments.enums import DrawState


def try_out(*, run: CourseRun, seed: bytes, at: datetime) -> list[Drawn]:
    """What a draw would look like, with a seed that is thrown away; nothing is written.

    Of the frozen list where there is one, else of the applications as they are now.
    Raises: as `freeze`, but for the deadline.
    """
    frozen = run.draws.filter(state=DrawState.FROZEN).first()
    if frozen is not None:
        return draw_from_record(frozen.record, seed=seed, withdrawn=withdrawn_from(frozen))
    number = _round_to_try(run, at)
    listed = entry_list(run, round_number=number)
    if not listed.entries:
        raise refusals.NobodyToDraw
    waiting_list = run.waiting_list or number > 0
    return draw(listed.entries, seats=listed.seats, seed=seed, waiting_list=waiting_list)


def _round_to_try(run: CourseRun, at: datetime) -> int:
    try:
        return require_freezable(run, at=at)
    except (refusals.StillOpen, refusals.PaperStillComing):
        return 0
