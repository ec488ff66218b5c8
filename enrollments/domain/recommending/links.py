"""The link with which a monthly mail is ended; it opens nothing else."""

from django.urls import reverse
from django.utils import translation

from accounts.domain.signed_links import SignedLinks
from enrollments.models import Interests

MONTHLY = SignedLinks("enrollments.monthly-recommendations")


def monthly_stop_path(interests: Interests) -> str:
    with translation.override(interests.language):
        return reverse("monthly_stop", args=[MONTHLY.sign(interests.public_id)])


def interests_for(token: str) -> Interests | None:
    """None for anything forged, and for accounts that are gone."""
    public_id = MONTHLY.public_id(token)
    if public_id is None:
        return None
    return Interests.objects.filter(public_id=public_id).first()
