"""What somebody who is invited is told; one message per invitation."""

from datetime import datetime

from django.conf import settings
from django.utils import translation

from enrollments.domain.mail_text import mail_text
from enrollments.domain.outbox import write_message
from enrollments.enums import MessageKind
from learning_paths.domain.joining import INVITATION_LASTS
from learning_paths.domain.links import invitation_path
from learning_paths.models import Membership


def send_invitation(
    *, membership: Membership, inviter: Membership, at: datetime, language: str
) -> None:
    inviter_name = inviter.user.get_full_name() if inviter.user else ""
    with translation.override(language):
        subject, body = mail_text(
            "learning_paths/mail/group_invitation.txt",
            {
                "group": membership.group,
                "inviter": inviter_name or inviter.get_role_display(),
                "link": settings.PUBLIC_URL
                + invitation_path(membership, language=language),
                "until": membership.invited_at + INVITATION_LASTS,
            },
        )
    write_message(
        kind=MessageKind.GROUP_INVITATION,
        occasion=f"group-invitation:{membership.pk}:{at.isoformat()}",
        subject=subject,
        body=body,
        at=at,
        recipient=membership.email,
        language=language,
    )
