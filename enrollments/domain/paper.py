"""What comes by post is in time by the run's paper rule: there on the last day (必着), or
posted by then as the postmark says (消印有効). A pure function of days."""

from datetime import date

from courses.enums import PaperRule
from enrollments.domain.refusals import PaperTooLate, PostmarkMissing, PostmarkTooLate
from enrollments.enums import Channel

BY_POST = frozenset({Channel.POSTCARD})


def require_paper_in_time(
    *, rule: PaperRule, deadline: date, received_on: date, postmarked_on: date | None
) -> None:
    """All days in Tokyo; the deadline itself is in time.

    Raises: PaperTooLate, PostmarkTooLate, PostmarkMissing.
    """
    if received_on <= deadline:
        return
    if rule == PaperRule.ARRIVAL:
        raise PaperTooLate
    if postmarked_on is None:
        raise PostmarkMissing
    if postmarked_on > deadline:
        raise PostmarkTooLate
