"""Anybody may ask for an instructor of the local register who agreed to be named; the same
form sent twice is one request."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.domain.sections import require_section
from accounts.models import Department, User
from courses.domain.talent import on_the_register, section_for
from courses.models import Instructor
from learning_paths.domain.instructor_requests.refusals import (
    CannotBeReached,
    NotOnTheRegister,
)
from learning_paths.domain.instructor_requests.states import lock_request, move_request
from learning_paths.domain.instructor_requests.telling import tell_requester, tell_section
from learning_paths.enums import InstructorRequestState as State
from learning_paths.models import InstructorRequest


@dataclass(frozen=True)
class Wanted:
    """What is asked, and by whom."""

    name: str
    purpose: str
    dates: str
    place: str
    people: int
    organisation: str = ""
    email: str = ""
    phone: str = ""
    fee_idea: str = ""


def request_instructor(
    *,
    instructor: Instructor,
    wanted: Wanted,
    form_key: UUID,
    user: User | None,
    language: str,
    at: datetime,
) -> InstructorRequest:
    """From the public form. Raises: NotOnTheRegister, CannotBeReached."""
    return _take(
        instructor, wanted, form_key, at, user=user, entered_by=None, language=language
    )


def enter_request(
    *, instructor: Instructor, wanted: Wanted, form_key: UUID, by: User, at: datetime
) -> InstructorRequest:
    """What was said by telephone or at the counter, to the section that passes it on.

    Raises: NotAllowed, NotOnTheRegister, CannotBeReached.
    """
    require_section(by, _section(instructor))
    return _take(instructor, wanted, form_key, at, user=None, entered_by=by, language="ja")


def withdraw_request(
    *, request: InstructorRequest, by: User | None, at: datetime
) -> InstructorRequest:
    """By whoever asked. Raises: RequestMoveNotAllowed."""
    with transaction.atomic():
        fresh = lock_request(request)
        move_request(fresh, State.WITHDRAWN, by=by, at=at)
        tell_requester(fresh, "withdrawn", at=at)
    return fresh


def _take(
    instructor: Instructor,
    wanted: Wanted,
    form_key: UUID,
    at: datetime,
    *,
    user: User | None,
    entered_by: User | None,
    language: str,
) -> InstructorRequest:
    if not wanted.email and not wanted.phone:
        raise CannotBeReached
    with transaction.atomic():
        known = InstructorRequest.objects.filter(submission_key=form_key).first()
        if known is not None:
            return known
        if not on_the_register().filter(pk=instructor.pk).exists():
            raise NotOnTheRegister
        said = {
            "instructor": instructor,
            "department": _section(instructor),
            "user": user,
            "entered_by": entered_by,
            "language": language,
            "received_at": at,
            **asdict(wanted),
        }
        made, is_new = InstructorRequest.objects.get_or_create(
            submission_key=form_key, defaults=said
        )
        if not is_new:
            # The other of two copies that were sent in the same moment.
            return made
        tell_requester(made, "received", at=at)
        tell_section(made, "received", at=at)
    return made


def _section(instructor: Instructor) -> Department:
    """Raises: NotOnTheRegister where no section could pass anything on."""
    section = section_for(instructor)
    if section is None:
        raise NotOnTheRegister
    return section
