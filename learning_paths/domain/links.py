"""An invitation is opened by whoever holds the link that was mailed.

The token signs the membership and the moment of the invitation, so that inviting
again makes older links useless; nothing to steal is stored.
"""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import translation

from accounts.domain.signed_links import SignedLinks
from learning_paths.enums import MembershipState
from learning_paths.models import Membership

INVITATION = SignedLinks("learning_paths.group-invitation")
EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def _moment(at: datetime) -> int:
    """Whole microseconds: what both databases keep."""
    return (at - EPOCH) // timedelta(microseconds=1)


def invitation_token(membership: Membership) -> str:
    return INVITATION.sign(f"{membership.pk}-{_moment(membership.invited_at)}")


def membership_for(token: str) -> Membership | None:
    """The membership that a token opens; none for anything forged or superseded. Who was
    invited to a group that was merged since is invited to the one that goes on."""
    signed = INVITATION.value(token)
    if signed is None:
        return None
    pk, _dash, moment = signed.partition("-")
    membership = Membership.objects.select_related("group").filter(pk=int(pk)).first()
    if membership is None or _moment(membership.invited_at) != int(moment):
        return None
    return _where_it_goes_on(membership) or membership


def _where_it_goes_on(membership: Membership) -> Membership | None:
    kept = membership.group.merged_into_id
    if kept is None or membership.joined_at is not None or not membership.email:
        return None
    invited = Membership.objects.filter(group=kept, state=MembershipState.INVITED)
    return invited.select_related("group").filter(email=membership.email).first()


def invitation_path(membership: Membership, *, language: str) -> str:
    with translation.override(language):
        return reverse("group_invitation", args=[invitation_token(membership)])
