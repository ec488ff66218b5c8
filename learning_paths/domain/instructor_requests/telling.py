"""Whoever asked is told at every turn, the instructor when asked and after agreeing, the
section when there is something to do; each once."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from enrollments.domain.mail_text import mail_text
from enrollments.domain.outbox import write_message
from enrollments.enums import MessageKind
from learning_paths.domain.instructor_requests.links import answer_path, own_path
from learning_paths.models import InstructorRequest

CITY_LANGUAGE = "ja"


def tell_requester(request: InstructorRequest, news: str, *, at: datetime) -> None:
    """`news`: received, forwarded, accepted, declined, closed or withdrawn. Without a mail
    address it is somebody's task to telephone."""
    _tell(request, "requester", news, request.email, request.language, at)


def ask_instructor(request: InstructorRequest, *, at: datetime) -> None:
    """Without how to reach whoever asks."""
    _tell(request, "instructor", "asked", request.sent_to, CITY_LANGUAGE, at)


def tell_instructor(request: InstructorRequest, *, at: datetime) -> None:
    """After agreeing: how to reach whoever asked."""
    _tell(request, "instructor", "agreed", request.sent_to, CITY_LANGUAGE, at)


def tell_section(request: InstructorRequest, news: str, *, at: datetime) -> None:
    """That something is to be done; nobody is named in the mail."""
    if request.department.email:
        address = request.department.email
        _tell(request, "section", news, address, CITY_LANGUAGE, at)


def _tell(
    request: InstructorRequest,
    whom: str,
    news: str,
    address: str,
    language: str,
    at: datetime,
) -> None:
    with translation.override(language):
        subject, body = mail_text(
            f"learning_paths/mail/instructor_request_{whom}.txt",
            {
                "request": request,
                "instructor": request.instructor,
                "department": request.department,
                "news": news,
                "own_link": settings.PUBLIC_URL + own_path(request),
                "answer_link": settings.PUBLIC_URL + answer_path(request),
                "desk_link": settings.PUBLIC_URL
                + reverse("manage_instructor_request", args=[request.pk]),
            },
        )
    turn = f"{request.public_id.hex}:{whom}:{news}:{request.moves.count()}"
    write_message(
        kind=MessageKind.OTHER,
        occasion=f"instructor-request:{turn}",
        subject=subject,
        body=body,
        at=at,
        recipient=address,
        language=language,
    )
