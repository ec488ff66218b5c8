"""Whoever receives a certificate is told once: by a mail with the link to their own page,
or, without an address, by a paper that the section prints. Of groups, those who speak for
them."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import prefetch_related_objects

from enrollments.domain.finishing.group_certificates import tell_group
from enrollments.domain.message_templates import OwnWordings
from enrollments.domain.messages import worded
from enrollments.domain.outbox import write_messages
from enrollments.enums import MessageKind
from enrollments.models import Certificate

# Every message names them: read once for a run, not once for each person.
WITH_SESSIONS = ("run__sessions__venue", "run__sessions__room__venue")


def tell_of_certificates(certificates: Iterable[Certificate], *, at: datetime) -> None:
    every = list(certificates)
    for one in every:
        if one.is_of_group:
            tell_group(one, at=at)
    own = OwnWordings()
    issued = [(one, one.participant) for one in every if one.participant is not None]
    applications = [person.application for _one, person in issued]
    prefetch_related_objects(applications, *WITH_SESSIONS)
    write_messages(
        worded(
            kind=MessageKind.CERTIFICATE,
            occasion=f"certificate:{one.pk}",
            application=person.application,
            at=at,
            own=own,
            certificate=one,
        )
        for one, person in issued
    )
