"""A ticket is 256 random bits, of which only the digest is kept; it opens one survey,
once, and nothing else."""

from hashlib import sha256
from secrets import token_urlsafe

from django.db.models import Q
from django.urls import reverse
from django.utils import translation

from enrollments.models import SurveyTicket

BYTES = 32


def new_token() -> str:
    return token_urlsafe(BYTES)


def digest_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def ticket_for(token: str) -> SurveyTicket | None:
    """None for anything forged."""
    digest = digest_of(token)
    found = SurveyTicket.objects.filter(Q(digest=digest) | Q(second_digest=digest))
    return (
        found.filter(participant__isnull=False)
        .select_related(
            "survey__run__course__department",
            "survey__session",
            "participant__application__pool",
        )
        .first()
    )


def answer_path(token: str, *, language: str) -> str:
    with translation.override(language):
        return reverse("survey", args=[token])
