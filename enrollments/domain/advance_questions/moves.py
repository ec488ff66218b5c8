"""The one place where a question changes state: table, trace, and what stood behind it."""

from datetime import datetime
from typing import Any

from accounts.models import User
from enrollments.domain.advance_questions.refusals import QuestionMoveNotAllowed
from enrollments.domain.advance_questions.states import SORTED, may_move
from enrollments.enums import QuestionState as State
from enrollments.models import AdvanceQuestion, QuestionMove

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
    here = State(question.state)
    if not may_move(here, to):
        raise QuestionMoveNotAllowed
    if to not in STANDS_ALONE:
        _let_go(question, facts.get("merged_into"), by, at)
    QuestionMove.objects.create(
        question=question, from_state=here, to_state=to, why=why[:200], by=by, at=at
    )
    if here == State.MERGED:
        facts.setdefault("merged_into", None)
    if to in SORTED or to == State.WITHDRAWN:
        facts.setdefault("public_words", "")
    for name, value in {**facts, "state": to}.items():
        setattr(question, name, value)
    question.save(update_fields=[*facts, "state"])


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
