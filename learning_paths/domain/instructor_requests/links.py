"""Two links: the requester's to see and take back, the instructor's to answer. Neither
opens the other."""

from uuid import UUID

from django.urls import reverse
from django.utils import translation

from accounts.domain.signed_links import SignedLinks
from learning_paths.models import InstructorRequest

OWN = SignedLinks("learning_paths.instructor-request")
ANSWER = SignedLinks("learning_paths.instructor-answer")


def own_token(request: InstructorRequest) -> str:
    return OWN.sign(request.public_id)


def own_path(request: InstructorRequest) -> str:
    with translation.override(request.language):
        return reverse("instructor_request_own", args=[own_token(request)])


def request_of_owner(token: str) -> InstructorRequest | None:
    return _found(OWN.public_id(token), "public_id")


def answer_path(request: InstructorRequest) -> str:
    with translation.override("ja"):
        return reverse("instructor_answer", args=[ANSWER.sign(request.link_key)])


def request_to_answer(token: str) -> InstructorRequest | None:
    """None for anything forged, and for a mail that a later one replaced."""
    return _found(ANSWER.public_id(token), "link_key")


def _found(key: UUID | None, name: str) -> InstructorRequest | None:
    if key is None:
        return None
    every = InstructorRequest.objects.select_related("instructor", "department")
    return every.filter(**{name: key}).first()
