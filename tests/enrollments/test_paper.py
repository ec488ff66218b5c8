"""必着 and 消印有効, day by day."""

from datetime import date

import pytest

from courses.enums import PaperRule
from enrollments.domain.paper import require_paper_in_time
from enrollments.domain.refusals import PaperTooLate, PostmarkMissing, PostmarkTooLate

LAST = date(2026, 11, 20)
DAY_BEFORE, DAY_AFTER = date(2026, 11, 19), date(2026, 11, 21)


@pytest.mark.parametrize(
    ("rule", "received", "postmark", "refusal"),
    [
        (PaperRule.ARRIVAL, LAST, None, None),
        (PaperRule.ARRIVAL, DAY_AFTER, None, PaperTooLate),
        (PaperRule.ARRIVAL, DAY_AFTER, DAY_BEFORE, PaperTooLate),
        (PaperRule.POSTMARK, LAST, None, None),
        (PaperRule.POSTMARK, DAY_AFTER, LAST, None),
        (PaperRule.POSTMARK, DAY_AFTER, DAY_AFTER, PostmarkTooLate),
        (PaperRule.POSTMARK, DAY_AFTER, None, PostmarkMissing),
    ],
)
def test_paper_is_in_time_by_its_rule(rule, received, postmark, refusal):
    def ask():
        require_paper_in_time(
            rule=rule, deadline=LAST, received_on=received, postmarked_on=postmark
        )

    if refusal is None:
        ask()
        return
    with pytest.raises(PaperTooLate) as raised:
        ask()
    assert type(raised.value) is refusal
