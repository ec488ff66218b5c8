"""代表 and 担当 invite by mail; each address gets its own answer, and the good ones go."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.domain.contact import tidy_email
from accounts.models import User
from learning_paths.domain.locking import lock_registered_group
from learning_paths.domain.membership import require_organiser
from learning_paths.domain.messages import send_invitation
from learning_paths.domain.refusals import TooManyInvitations
from learning_paths.enums import MembershipState as State
from learning_paths.models import Group, Membership

MOST_AT_ONCE = 20
# Nobody is written to about the same group more often than this.
PAUSE = timedelta(hours=24)
LONGEST_ADDRESS = 254

INVALID = _("メールアドレスの形が正しくありません。入力し直してください。")
MEMBER = _("すでに会員です。")
TOO_SOON = _("24時間以内に招待しています。時間をおいてから、もう一度招待してください。")
SENT = _("招待のメールを送りました。")
SENT_AGAIN = _("招待のメールをもう一度送りました。前のリンクは使えなくなります。")


@dataclass(frozen=True)
class InvitationAnswer:
    """What became of one address; `sentence` is shown beside it."""

    email: str
    sent: bool
    sentence: str | Promise


def invite_members(
    *,
    group: Group,
    emails: Sequence[str],
    by: User,
    at: datetime,
    language: str = "ja",
) -> list[InvitationAnswer]:
    """One answer per different address, in the order given.

    Raises: NotAMember, NotAnOrganiser, GroupClosed, TooManyInvitations.
    """
    wanted = list(dict.fromkeys(tidy_email(email) for email in emails))
    with transaction.atomic():
        fresh = lock_registered_group(group.pk)
        inviter = require_organiser(by, fresh)
        if len(wanted) > MOST_AT_ONCE:
            raise TooManyInvitations
        known = _known_addresses(fresh, wanted)
        return [
            _invite(fresh, email, known.get(email), inviter, at, language)
            for email in wanted
        ]


def _known_addresses(group: Group, emails: Iterable[str]) -> dict[str, Membership]:
    """The present membership per address, else an invitation that was not taken up."""
    found = group.memberships.filter(email__in=list(emails)).filter(
        ~Q(state=State.LEFT) | Q(joined_at=None)
    )
    by_age = sorted(found, key=lambda one: (one.state != State.LEFT, one.invited_at))
    return {membership.email: membership for membership in by_age}


def _invite(
    group: Group,
    email: str,
    known: Membership | None,
    inviter: Membership,
    at: datetime,
    language: str,
) -> InvitationAnswer:
    if not _is_address(email):
        return InvitationAnswer(email, False, INVALID)
    if known is not None and known.state == State.ACTIVE and known.user_id:
        return InvitationAnswer(email, False, MEMBER)
    if known is not None and at - known.invited_at < PAUSE:
        return InvitationAnswer(email, False, TOO_SOON)
    if known is not None and known.state != State.LEFT:
        known.invited_at = at
        known.save(update_fields=["invited_at"])
        send_invitation(membership=known, inviter=inviter, at=at, language=language)
        return InvitationAnswer(email, True, SENT_AGAIN)
    invited = Membership.objects.create(group=group, email=email, invited_at=at)
    send_invitation(membership=invited, inviter=inviter, at=at, language=language)
    return InvitationAnswer(email, True, SENT)


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return len(email) <= LONGEST_ADDRESS
