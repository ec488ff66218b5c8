"""The instructor says yes or no by the link in the mail, once, until the day that it names;
only after a yes does the instructor learn how to reach whoever asked."""

from datetime import datetime

from django.db import transaction

from accounts.domain.contact import tidy_text
from learning_paths.domain.instructor_requests.refusals import AnswerIsOver
from learning_paths.domain.instructor_requests.states import lock_request, move_request
from learning_paths.domain.instructor_requests.telling import (
    tell_instructor,
    tell_requester,
    tell_section,
)
from learning_paths.enums import InstructorRequestState as State
from learning_paths.models import InstructorRequest


def may_answer(request: InstructorRequest, *, at: datetime) -> bool:
    due = request.reply_by
    return request.state == State.FORWARDED and due is not None and at < due


def answer_request(
    *, request: InstructorRequest, agrees: bool, words: str, at: datetime
) -> InstructorRequest:
    """`request` as the link opened it: asked anew meanwhile, the link is void. Raises:
    AnswerIsOver."""
    with transaction.atomic():
        fresh = lock_request(request)
        if not may_answer(fresh, at=at) or fresh.link_key != request.link_key:
            raise AnswerIsOver
        to = State.ACCEPTED if agrees else State.DECLINED
        move_request(fresh, to, by=None, at=at, reply=tidy_text(words)[:300])
        if agrees:
            tell_instructor(fresh, at=at)
            tell_requester(fresh, "accepted", at=at)
        else:
            tell_requester(fresh, "declined", at=at)
            tell_section(fresh, "declined", at=at)
    return fresh
