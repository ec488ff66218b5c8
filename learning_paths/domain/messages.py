"""What somebody who is invited is told; one message per invitation."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from enrollments.domain.outbox import write_message
from enrollments.enums import MessageKind
from learning_paths.domain.joining import INVITATION_LASTS
from learning_paths.domain.links import invitation_path
from learning_paths.models import Membership


def send_invitation(
    *, membership: Membership, inviter: Membership, at: datetime, language: str
) -> None:
    """The template's first line is the subject."""
    inviter_name = inviter.user.get_full_name() if inviter.user else ""
    with translation.override(language):
        text = render_to_string(
            "learning_paths/mail/group_invitation.txt",
            {
                "group": membership.group,
                "inviter": inviter_name or inviter.get_role_display(),
                "link": settings.PUBLIC_URL
                + invitation_path(membership, language=language),
                "until": membership.invited_at + INVITATION_LASTS,
                "site_name": settings.SITE_NAME,
                "city_name": settings.CITY_NAME,
            },
        )
    subject, _, body = text.strip().partition("\n")
    write_message(
        kind=MessageKind.GROUP_INVITATION,
        occasion=f"group-invitation:{membership.pk}:{at.isoformat()}",
        subject=subject,
        body=body.strip() + "\n",
        at=at,
        recipient=membership.email,
        language=language,
    )
