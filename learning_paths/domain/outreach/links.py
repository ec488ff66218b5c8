"""A request is opened by whoever holds the link that was mailed, or by its own account."""

from django.db.models import Q

from accounts.domain.signed_links import SignedLinks
from accounts.models import User
from learning_paths.domain.membership import ORGANISERS
from learning_paths.enums import MembershipState
from learning_paths.models import OutreachRequest

OUTREACH = SignedLinks("learning_paths.outreach-request")


def outreach_token(request: OutreachRequest) -> str:
    return OUTREACH.sign(request.public_id)


def outreach_for(token: str) -> OutreachRequest | None:
    """None for anything forged."""
    public_id = OUTREACH.public_id(token)
    if public_id is None:
        return None
    found = OutreachRequest.objects.select_related("entry__course__department", "run")
    return found.filter(public_id=public_id).first()


def outreach_of(user: User) -> list[OutreachRequest]:
    """One's own, and those of groups that one speaks for, newest first."""
    speaks = Q(
        group__memberships__user=user,
        group__memberships__role__in=ORGANISERS,
        group__memberships__state=MembershipState.ACTIVE,
    )
    found = OutreachRequest.objects.filter(Q(user=user) | speaks).distinct()
    return list(found.select_related("entry__course", "run").prefetch_related("dates"))
