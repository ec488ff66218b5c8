"""The section reads a request before the instructor does, asks by mail until a day, asks
again or somebody else, and ends what comes to nothing with a reason."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction

from accounts.domain.contact import tidy_text
from accounts.domain.refusal import given
from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.talent import on_the_register
from courses.models import Instructor
from learning_paths.domain.instructor_requests.reading import address_of
from learning_paths.domain.instructor_requests.refusals import (
    ClosedWithoutReason,
    NoAddressOnTheRegister,
    NotOnTheRegister,
)
from learning_paths.domain.instructor_requests.states import lock_request, move_request
from learning_paths.domain.instructor_requests.telling import (
    ask_instructor,
    tell_requester,
    tell_section,
)
from learning_paths.enums import InstructorRequestState as State
from learning_paths.models import InstructorRequest

REPLY_WITHIN = timedelta(days=10)


def forward_request(
    *,
    request: InstructorRequest,
    instructor: Instructor,
    address: str,
    note: str,
    by: User,
    at: datetime,
) -> InstructorRequest:
    """`instructor` may be another one than was asked for; without `address` the mail goes
    to the one that the register has for this instructor. The link of a former mail opens
    nothing any more.

    Raises: NotAllowed, NotOnTheRegister, NoAddressOnTheRegister, RequestMoveNotAllowed.
    """
    with transaction.atomic():
        fresh = lock_request(request)
        require_section(by, fresh.department)
        if not on_the_register().filter(pk=instructor.pk).exists():
            raise NotOnTheRegister
        sent_to = address or address_of(instructor)
        if not sent_to:
            raise NoAddressOnTheRegister
        move_request(
            fresh,
            State.FORWARDED,
            by=by,
            at=at,
            instructor=instructor,
            sent_to=sent_to,
            city_note=tidy_text(note)[:300],
            link_key=uuid4(),
            reply_by=at + REPLY_WITHIN,
            reply="",
        )
        ask_instructor(fresh, at=at)
        tell_requester(fresh, "forwarded", at=at)
    return fresh


def close_request(
    *, request: InstructorRequest, why: str, by: User, at: datetime
) -> InstructorRequest:
    """Raises: NotAllowed, ClosedWithoutReason, RequestMoveNotAllowed."""
    reason = given(tidy_text(why), ClosedWithoutReason)[:300]
    with transaction.atomic():
        fresh = lock_request(request)
        require_section(by, fresh.department)
        move_request(fresh, State.CLOSED, by=by, at=at, why=reason, city_note=reason)
        tell_requester(fresh, "closed", at=at)
    return fresh


def expire_requests(*, at: datetime) -> int:
    """Those that nobody answered in time; the section has to do something. How many; safe
    to call again, and from several workers."""
    due = InstructorRequest.objects.filter(state=State.FORWARDED, reply_by__lte=at)
    ended = 0
    for request in due.order_by("reply_by", "pk"):
        with transaction.atomic():
            fresh = lock_request(request)
            if fresh.state == State.FORWARDED and fresh.reply_by and fresh.reply_by <= at:
                move_request(fresh, State.EXPIRED, by=None, at=at)
                tell_section(fresh, "expired", at=at)
                ended += 1
    return ended
