"""What 代表 and 担当 are told about their group, in the language of the site."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Model

from enrollments.domain.mail_text import mail_text
from enrollments.domain.outbox import write_message
from enrollments.enums import MessageKind
from learning_paths.domain.membership import ORGANISERS
from learning_paths.enums import MembershipState
from learning_paths.models import Group


def tell_organisers(
    group: Group,
    what: str,
    *,
    at: datetime,
    about: Model | None = None,
    occasion: str = "",
    **context: Any,
) -> None:
    """One message to each who has an address and is active. `what` names the template.
    Told once an occasion: that of `about`, or of the moment."""
    once = occasion or (f"{about.pk}" if about else at.isoformat())
    subject, body = mail_text(
        f"learning_paths/mail/{what}.txt",
        {
            "group": group,
            "link": settings.PUBLIC_URL + group.get_absolute_url(),
            **context,
        },
    )
    organisers = group.memberships.filter(
        role__in=ORGANISERS, state=MembershipState.ACTIVE
    ).exclude(email="")
    for member in organisers:
        write_message(
            kind=MessageKind.GROUP,
            occasion=f"{what}:{group.pk}:{once}:{member.pk}",
            subject=subject,
            body=body,
            at=at,
            recipient=member.email,
        )
