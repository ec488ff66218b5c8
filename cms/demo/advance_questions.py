"""Questions that came before the next joint session, some of them sorted already."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from accounts.models import User
from cms.demo.reading import read
from courses.domain.announcing import approval_needed
from courses.enums import CourseKind, PoolKind
from courses.models import CourseRun
from enrollments.domain.advance_questions.asking import ask_beforehand
from enrollments.domain.advance_questions.calling import collect_questions
from enrollments.domain.advance_questions.publishing import (
    approve_question,
    propose_question,
)
from enrollments.domain.advance_questions.sorting import (
    merge_question,
    name_topic,
    sort_question,
)
from enrollments.enums import ApplicationState, QuestionState
from enrollments.models import AdvanceQuestion, Application

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PROMPT = "当日、職員と市民で一緒に考えたいことを聞かせてください。"


def build_questions(officers: Mapping[str, User], admin: User, *, at: datetime) -> None:
    run = _run(at)
    officer = officers.get(run.course.department.code) if run else None
    first = run.sessions.held().order_by("starts_at").first() if run else None
    if run is None or officer is None or first is None:
        return
    closes = first.starts_at - DAY
    collect_questions(run=run, closes_at=closes, prompt=PROMPT, by=officer, at=at - 4 * DAY)
    senders = {
        "staff": _senders(run, PoolKind.STAFF),
        "citizens": _senders(run, PoolKind.CITIZENS),
    }
    for hours, told in enumerate(read("questions")["question"]):
        sent = at - DAY + hours * HOUR
        question = _ask(senders[told["side"]], told["text"], sent)
        same = _ask(senders["citizens"], told.get("same", ""), sent)
        if question is not None:
            _sort(question, same, told, officer, admin, at - HOUR)


def _run(at: datetime) -> CourseRun | None:
    """The next one that people have places in."""
    found = CourseRun.objects.public().filter(
        course__kind=CourseKind.JOINT_SESSION,
        chooses_session=False,
        sessions__starts_at__gt=at + 2 * DAY,
        applications__state=ApplicationState.ACCEPTED,
    )
    runs = found.select_related("course__department").distinct()
    return runs.order_by("applications_close_at", "code").first()


def _senders(run: CourseRun, kind: PoolKind) -> Iterator[Application]:
    """One after the other; nobody sends two of the demo's questions."""
    accepted = run.applications.filter(state=ApplicationState.ACCEPTED, pool__kind=kind)
    return iter(accepted.order_by("received_at", "tie"))


def _ask(senders: Iterator[Application], text: str, at: datetime) -> AdvanceQuestion | None:
    sender = next(senders, None) if text else None
    return ask_beforehand(application=sender, text=text, at=at) if sender else None


def _sort(
    question: AdvanceQuestion,
    same: AdvanceQuestion | None,
    told: dict[str, str],
    officer: User,
    admin: User,
    at: datetime,
) -> None:
    if told["topic"]:
        name_topic(question=question, topic=told["topic"], by=officer)
    if same is not None:
        merge_question(question=same, into=question.pk, by=officer, at=at)
    if told["state"] == QuestionState.PUBLISHED:
        sort_question(question=question, to=QuestionState.TAKEN_UP, by=officer, at=at)
        propose_question(question=question, words=told["words"], by=officer, at=at)
        if approval_needed():
            approve_question(question=question, words=told["words"], by=admin, at=at)
    else:
        sort_question(question=question, to=QuestionState(told["state"]), by=officer, at=at)
