"""Whoever had the former mail address opens nothing any more: the secret links of the
application and of its offers are made anew, and the person is told at the new address."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from enrollments.domain.links import (
    application_calendar_token,
    application_token,
    offer_token,
)
from enrollments.domain.messages import offer_words, tell
from enrollments.domain.offers import open_offer_of
from enrollments.domain.reminder_links import reminders_token
from enrollments.enums import MessageKind
from enrollments.enums import NotificationState as Unsent
from enrollments.models import Application, Notification, Offer

NOT_LEFT = (Unsent.PENDING, Unsent.DEAD, Unsent.IN_DOUBT, Unsent.BY_HAND)


@dataclass(frozen=True)
class AddressChange:
    """What saving another mail address will do."""

    renews_link: bool
    unsent: int
    offer: bool
    tells: bool


def foresee(application: Application, *, email: str) -> AddressChange | None:
    """None where the address stays."""
    if email == application.email:
        return None
    unsent = [one for one in not_yet_left(application) if one.state != Unsent.BY_HAND]
    return AddressChange(
        renews_link=bool(application.email),
        unsent=len(unsent),
        offer=open_offer_of(application) is not None,
        tells=bool(email),
    )


def not_yet_left(application: Application) -> list[Notification]:
    """What has not reached anybody, as far as is known."""
    found = Notification.objects.filter(application=application, state__in=NOT_LEFT)
    return list(found.order_by("pk"))


def renew_links(application: Application, *, link_id: UUID, former_email: str) -> None:
    """The words of messages that have not left carry the new links. Nothing is renewed
    where there was no address before: nobody else can have the link. `link_id` is
    random; the caller holds the run's lock and has saved the new address."""
    if not former_email:
        return
    before = _tokens(application)
    application.public_id = link_id
    application.save(update_fields=["public_id"])
    for offer in application.offers.all():
        fresh = uuid5(link_id, offer.public_id.hex)
        Offer.objects.filter(pk=offer.pk).update(public_id=fresh)
    after = _tokens(application)
    for message in not_yet_left(application):
        for old, new in zip(before, after, strict=True):
            message.body = message.body.replace(old, new)
            message.stop_url = message.stop_url.replace(old, new)
        message.save(update_fields=["body", "stop_url"])


def redirect_unsent(application: Application) -> None:
    """What has not gone out goes to the right address, also when it is sent again."""
    unsent = [one.pk for one in not_yet_left(application) if one.state != Unsent.BY_HAND]
    found = Notification.objects.filter(pk__in=unsent)
    found.update(recipient=application.email)
    if not application.email:
        found.update(state=Unsent.BY_HAND)


def tell_of_new_address(
    application: Application, *, former_email: str, occasion: str, at: datetime
) -> None:
    """Nobody without an address: whoever telephoned has been heard."""
    if not application.email:
        return
    offer = open_offer_of(application)
    tell(
        kind=MessageKind.ADDRESS_CHANGED,
        occasion=occasion,
        application=application,
        at=at,
        renewed=bool(former_email),
        **(offer_words(offer) if offer else {}),
    )


def _tokens(application: Application) -> list[str]:
    """Of the application, its calendar and reminders, and of its offers, in one order."""
    offers = application.offers.order_by("pk")
    return [
        application_token(application),
        application_calendar_token(application),
        reminders_token(application),
        *(offer_token(offer) for offer in offers),
    ]
