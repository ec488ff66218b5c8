"""What an officer does with one question, each act by its name in the form."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.forms.fields import row_number
from enrollments.domain.advance_questions.publishing import (
    approve_question,
    keep_back,
    propose_question,
)
from enrollments.domain.advance_questions.refusals import QuestionMoveNotAllowed
from enrollments.domain.advance_questions.sorting import (
    merge_question,
    name_topic,
    sort_question,
)
from enrollments.enums import QuestionState as State
from enrollments.models import AdvanceQuestion

SORTS = {
    "take-up": State.TAKEN_UP,
    "set-aside": State.SET_ASIDE,
    "back": State.RECEIVED,
}


def act_on(request: HttpRequest, question: AdvanceQuestion, act: str, at: datetime) -> None:
    """Raises: those of the domain."""
    post, by = request.POST, request.user
    if act in SORTS:
        sort_question(question=question, to=SORTS[act], by=by, at=at)
    elif act == "merge":
        into = row_number(post.get("into", "")) or 0
        merge_question(question=question, into=into, by=by, at=at)
    elif act == "topic":
        name_topic(question=question, topic=post.get("topic", ""), by=by)
    elif act == "propose":
        words = post.get("words", "")
        found = propose_question(question=question, words=words, by=by, at=at)
        if found.state == State.PROPOSED:
            messages.success(request, _("課長が承認すると、公開されます。"))
            return
    elif act == "approve":
        approve_question(question=question, words=post.get("words", ""), by=by, at=at)
    elif act == "keep-back":
        keep_back(question=question, by=by, at=at)
    else:
        raise QuestionMoveNotAllowed
    messages.success(request, _("保存しました。"))
