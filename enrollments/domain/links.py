"""An application is opened by whoever holds its secret link; no account is needed.

The token is the application's random id with an HMAC-SHA256 under the site's
secret key: nothing to steal is stored, and every mail can carry it again.
"""

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import translation

from enrollments.models import Application, HeldAgainWish, Offer


def _signer() -> Signer:
    return Signer(salt="enrollments.application-link", sep=".")


def _calendar_signer() -> Signer:
    return Signer(salt="enrollments.application-calendar", sep=".")


def _wish_signer() -> Signer:
    return Signer(salt="enrollments.held-again", sep=".")


def _offer_signer() -> Signer:
    return Signer(salt="enrollments.offer-link", sep=".")


def application_token(application: Application) -> str:
    return _signer().sign(application.public_id.hex)


def application_for(token: str) -> Application | None:
    """The application that a token opens; none for anything forged."""
    try:
        public_id = UUID(_signer().unsign(token))
    except (BadSignature, ValueError):
        return None
    return Application.objects.filter(public_id=public_id).order_by().first()


def application_path(application: Application) -> str:
    with translation.override(application.language):
        return reverse("application", args=[application_token(application)])


def application_calendar_path(application: Application) -> str:
    """Of a calendar to subscribe to. It may be handed to a calendar service, so what
    opens it does not open the application; both change with the application's id."""
    return reverse("application_feed", args=[application_calendar_token(application)])


def application_calendar_token(application: Application) -> str:
    return _calendar_signer().sign(application.public_id.hex)


def application_of_calendar(token: str) -> Application | None:
    """Whose calendar a token opens; none for anything forged."""
    try:
        public_id = UUID(_calendar_signer().unsign(token))
    except (BadSignature, ValueError):
        return None
    found = Application.objects.filter(public_id=public_id).order_by()
    return found.select_related("run__course").first()


def wish_for(token: str) -> HeldAgainWish | None:
    """The wish to be told that a token opens; none once it was given up or forgotten."""
    try:
        public_id = UUID(_wish_signer().unsign(token))
    except (BadSignature, ValueError):
        return None
    found = HeldAgainWish.objects.filter(public_id=public_id).select_related("course")
    return found.first()


def wish_path(wish: HeldAgainWish, *, stop: bool = False) -> str:
    """To confirm it, or to end it."""
    token = _wish_signer().sign(wish.public_id.hex)
    with translation.override(wish.language):
        return reverse("held_again_stop" if stop else "held_again", args=[token])


def offer_token(offer: Offer) -> str:
    return _offer_signer().sign(offer.public_id.hex)


def offer_for(token: str) -> Offer | None:
    """The offer that a token answers, settled or not; none for anything forged."""
    try:
        public_id = UUID(_offer_signer().unsign(token))
    except (BadSignature, ValueError):
        return None
    found = Offer.objects.filter(public_id=public_id)
    return found.select_related(
        "application__run__course__department",
        "application__run__venue",
        "application__pool",
    ).first()


def offer_path(offer: Offer) -> str:
    with translation.override(offer.application.language):
        return reverse("offer", args=[offer_token(offer)])
