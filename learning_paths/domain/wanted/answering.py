"""A section answers what people want to learn: it considers it, a course has come of it,
or it is not possible, and why. Each answer is told once to everybody who wants it."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from accounts.domain.refusal import NotAllowed
from accounts.domain.sections import require_section, section_of
from accounts.models import User
from courses.enums import RunState
from courses.models import Course, CourseRun
from learning_paths.domain.wanted.refusals import (
    AnswerMissing,
    CourseMissing,
    NoSuchStep,
    RunOfAnotherCourse,
)
from learning_paths.domain.wanted.states import ANSWERS, lock_request, move_request
from learning_paths.domain.wanted.telling import tell_answer
from learning_paths.enums import RequestState as State
from learning_paths.models import LearningRequest


def may_answer(request: LearningRequest, user: User) -> bool:
    """Any section until one has taken it up, then that one."""
    section = section_of(user)
    if user.is_superuser:
        return user.is_active
    return section is not None and request.department_id in (None, section.pk)


def answer_request(
    *,
    request: LearningRequest,
    to: State,
    words: str,
    by: User,
    at: datetime,
    course: Course | None = None,
    run: CourseRun | None = None,
) -> LearningRequest:
    """The same answer sent again changes nothing and tells nobody.

    Raises: NotAllowed (another section has it), NoSuchStep, AnswerMissing (not possible
    without a reason), CourseMissing, RunOfAnotherCourse.
    """
    words = words.strip()
    if to not in ANSWERS:
        raise NoSuchStep
    if to == State.NOT_POSSIBLE and not words:
        raise AnswerMissing
    if to == State.PLANNED:
        _check_course(course, run)
    with transaction.atomic():
        fresh = _lock(request, by)
        planned = (course, run) if to == State.PLANNED else (fresh.course, None)
        former = (fresh.state, fresh.answer, fresh.course, fresh.run)
        if former == (to, words, *planned):
            return fresh
        fresh.answer = words
        fresh.course, fresh.run = planned
        fresh.department = fresh.department or section_of(by)
        move = move_request(fresh, to, by=by, at=at, why=words)
        tell_answer(
            move,
            what="request_answered",
            voices=fresh.voices.all(),
            at=at,
            course_link=_address(fresh.run or fresh.course),
        )
    return fresh


def note_course_begun(
    *, request: LearningRequest, course: Course, by: User, at: datetime
) -> LearningRequest:
    """A course is being made of it; people are told once it is public and answered with.

    Raises: NotAllowed (another section has it, or owns the course).
    """
    require_section(by, course.department)
    with transaction.atomic():
        fresh = _lock(request, by)
        if fresh.state == State.PLANNED:
            return fresh
        fresh.course = course
        fresh.department = fresh.department or course.department
        fresh.save(update_fields=["course", "department"])
    return fresh


def _lock(request: LearningRequest, by: User) -> LearningRequest:
    fresh = lock_request(request.pk)
    if not may_answer(fresh, by):
        raise NotAllowed
    return fresh


def _address(linked: Course | CourseRun | None) -> str:
    return settings.PUBLIC_URL + linked.get_absolute_url() if linked else ""


def _check_course(course: Course | None, run: CourseRun | None) -> None:
    if course is None or not course.is_public:
        raise CourseMissing
    if run is None:
        return
    if run.course_id != course.pk or run.state != RunState.ANNOUNCED:
        raise RunOfAnotherCourse
