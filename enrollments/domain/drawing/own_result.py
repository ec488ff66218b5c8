"""What somebody may know of the own application in draws, and what the section may."""

from dataclasses import dataclass

from django.db.models import QuerySet

from courses.models import CourseRun
from enrollments.domain.drawing.frozen_lists import UNDER_WAY
from enrollments.domain.drawing.standing import may_be_drawn
from enrollments.enums import ApplicationState as State
from enrollments.enums import DrawState
from enrollments.models import Application, Draw, DrawEntry


@dataclass(frozen=True)
class OwnDraw:
    """What somebody may know of the own application in draws. `entries` are told ones;
    `frozen` is the draw that is under way, none before the list was frozen."""

    run: CourseRun
    entries: list[DrawEntry]
    frozen: Draw | None
    is_waiting: bool

    @property
    def latest(self) -> DrawEntry | None:
        return self.entries[-1] if self.entries else None


def own_draw(application: Application, *, drawn: bool) -> OwnDraw | None:
    """For the applicant: nothing of a result before it is announced. `drawn` where it
    stands in the list of a draw."""
    run = application.run
    if not drawn and not may_be_drawn(run):
        return None
    told = application.draw_entries.filter(draw__state=DrawState.ANNOUNCED)
    frozen = run.draws.filter(state__in=UNDER_WAY).first()
    return OwnDraw(
        run=run,
        entries=list(told.select_related("draw", "pool").order_by("draw__round")),
        frozen=frozen,
        is_waiting=application.state == State.AWAITING_DRAW,
    )


def entries_of(application: Application) -> QuerySet[DrawEntry]:
    """For the section: also the result that nobody has been told yet."""
    entries = application.draw_entries.exclude(draw__state=DrawState.TAKEN_BACK)
    return entries.select_related("draw").order_by("draw__round")
