"""Whoever receives a certificate is told once: by a mail with the link to their own page,
or, without an address, by a paper that the section prints."""

from collections.abc import Iterable
from datetime import datetime

from enrollments.domain.message_templates import OwnWordings
from enrollments.domain.messages import worded
from enrollments.domain.outbox import write_messages
from enrollments.enums import MessageKind
from enrollments.models import Certificate


def tell_of_certificates(certificates: Iterable[Certificate], *, at: datetime) -> None:
    own = OwnWordings()
    write_messages(
        worded(
            kind=MessageKind.CERTIFICATE,
            occasion=f"certificate:{one.pk}",
            application=one.participant.application,
            at=at,
            own=own,
            certificate=one,
        )
        for one in certificates
    )
