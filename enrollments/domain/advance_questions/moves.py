"""The one place where a question changes state: table, trace, and what stood behind it."""

from datetime import datetime
from typing import Any

from accounts.domain.state_table import StateTable
from accounts.models import User
from enrollments.domain.advance_questions.refusals import QuestionMoveNotAllowed
from enrollments.domain.advance_questions.states import ALLOWED, SORTED
from enrollments.enums import QuestionState as State
from enrollments.models import AdvanceQuestion, QuestionMove

TABLE = StateTable[State, AdvanceQuestion, QuestionMove](
    ALLOWED, line=QuestionMove, of="question", refusal=QuestionMoveNotAllowed
)
# Those behind a question stay behind it while it stands on its own.
STANDS_ALONE = frozenset(State) - {State.MERGED, State.WITHDRAWN}


def move_question(
    *,
    question: AdvanceQuestion,
    to: State,
    by: User | None,
    at: datetime,
    why: str = "",
    **facts: Any,
) -> None:
    """Under the call's lock; `facts` change with the state. Raises:
    QuestionMoveNotAllowed."""
    TABLE.require(question, to)
    if to not in STANDS_ALONE:
        _let_go(question, facts.get("merged_into"), by, at)
    if question.state == State.MERGED:
        facts.setdefault("merged_into", None)
    if to in SORTED or to == State.WITHDRAWN:
        facts.setdefault("public_words", "")
    TABLE.move(question, to, by=by, at=at, why=why, **facts)


def _let_go(
    question: AdvanceQuestion,
    target: AdvanceQuestion | None,
    by: User | None,
    at: datetime,
) -> None:
    """What was the same as it goes along to the new one, or is looked at anew."""
    for other in question.merged.all():
        if target is not None:
            other.merged_into = target
            other.save(update_fields=["merged_into"])
        else:
            move_question(question=other, to=State.RECEIVED, by=by, at=at)
