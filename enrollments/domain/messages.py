"""What applicants are told, in their language, worded when the change is made."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation

from enrollments.domain.links import offer_path
from enrollments.domain.message_context import message_context
from enrollments.domain.message_templates import OwnWordings
from enrollments.domain.outbox import message_row, write_messages
from enrollments.domain.states import TOLD
from enrollments.enums import ApplicationState as State
from enrollments.enums import MessageKind
from enrollments.models import Application, Notification, Offer, Transition

SAYS_WHY = frozenset({MessageKind.CANCELLED, MessageKind.LOST, MessageKind.WAITING})


def tell_of_move(
    *,
    transition: Transition,
    application: Application,
    at: datetime,
    offer: Offer | None = None,
    own: OwnWordings | None = None,
) -> None:
    message = message_of_move(
        transition=transition, application=application, at=at, offer=offer, own=own
    )
    if message is not None:
        write_messages([message])


def message_of_move(
    *,
    transition: Transition,
    application: Application,
    at: datetime,
    offer: Offer | None = None,
    own: OwnWordings | None = None,
) -> Notification | None:
    """The row, not yet written; none for a move that is silent. A move to `offered`
    comes with its offer, unless the place is given at once. For many at once pass the
    same `own`."""
    here, to = State(transition.from_state), State(transition.to_state)
    kind = TOLD.get((here, to))
    if kind is None or (kind == MessageKind.OFFERED and offer is None):
        return None
    return worded(
        kind=kind,
        occasion=f"transition:{transition.pk}",
        application=application,
        at=at,
        own=own,
        why=transition.why if kind in SAYS_WHY else "",
        came_from=transition.from_state,
        **(offer_words(offer) if offer else {}),
    )


def tell_of_offers(
    *, transitions: Iterable[Transition], offers: Iterable[Offer], at: datetime
) -> None:
    """Of the moves of one run to `offered`; those given a place at once have no offer."""
    own = OwnWordings()
    moved = {transition.application_id: transition for transition in transitions}
    told = (
        message_of_move(
            transition=moved[offer.application_id],
            application=offer.application,
            at=at,
            offer=offer,
            own=own,
        )
        for offer in offers
    )
    write_messages(message for message in told if message is not None)


def tell_of_offer(*, kind: MessageKind, offer: Offer, at: datetime) -> None:
    """Once per offer and kind."""
    tell(
        kind=kind,
        occasion=f"{kind}:{offer.pk}",
        application=offer.application,
        at=at,
        **offer_words(offer),
    )


def offer_words(offer: Offer) -> dict[str, Any]:
    """`offer`, with its `reply_by`, and the link that answers it."""
    return {"offer": offer, "answer_link": settings.PUBLIC_URL + offer_path(offer)}


def tell(
    *,
    kind: MessageKind,
    occasion: str,
    application: Application,
    at: datetime,
    **words: Any,
) -> None:
    """Write the message of this kind."""
    message = worded(kind=kind, occasion=occasion, application=application, at=at, **words)
    write_messages([message])


def worded(
    *,
    kind: MessageKind,
    occasion: str,
    application: Application,
    at: datetime,
    own: OwnWordings | None = None,
    **words: Any,
) -> Notification:
    """The message in the city's or else the product's wording, not yet written. For many
    at once pass the same `own`."""
    with translation.override(application.language):
        context = message_context(application, words)
        subject, body = (own or OwnWordings()).wording(
            kind=kind, language=application.language, context=context
        )
    return message_row(
        kind=kind,
        occasion=occasion,
        subject=subject,
        body=body,
        at=at,
        recipient=application.email,
        language=application.language,
        application=application,
        stop_url=words.get("stop_url", ""),
    )
