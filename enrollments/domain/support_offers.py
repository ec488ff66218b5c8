"""What a run offers in childcare and support to those who apply now, in honest numbers."""

from dataclasses import dataclass
from datetime import datetime

from courses.models import CourseRun, SupportOffer
from enrollments.domain.support_moves import places_wanted


@dataclass(frozen=True)
class OpenOffer:
    """`left` counts children, or people with this wish; none: no number is set."""

    offer: SupportOffer
    left: int | None

    @property
    def is_full(self) -> bool:
        return self.left is not None and self.left <= 0


def open_offers(run: CourseRun, *, at: datetime) -> tuple[OpenOffer, ...]:
    """Those whose deadline has not passed; full ones too, so that the form can say so."""
    return tuple(
        OpenOffer(offer, _left(offer))
        for offer in run.support_offers.all()
        if offer.deadline is None or at < offer.deadline
    )


def _left(offer: SupportOffer) -> int | None:
    if offer.capacity is None:
        return None
    return max(offer.capacity - places_wanted(offer), 0)
