"""An application is opened by whoever holds its secret link; no account is needed."""

from django.urls import reverse
from django.utils import translation

from accounts.domain.signed_links import SignedLinks
from enrollments.models import Application, Bundle, HeldAgainWish, Offer

APPLICATION = SignedLinks("enrollments.application-link")
CALENDAR = SignedLinks("enrollments.application-calendar")
WISH = SignedLinks("enrollments.held-again")
OFFER = SignedLinks("enrollments.offer-link")
BUNDLE = SignedLinks("enrollments.bundle-link")


def application_token(application: Application) -> str:
    return APPLICATION.sign(application.public_id)


def application_for(token: str) -> Application | None:
    """The application that a token opens; none for anything forged."""
    public_id = APPLICATION.public_id(token)
    if public_id is None:
        return None
    return Application.objects.filter(public_id=public_id).order_by().first()


def application_path(application: Application) -> str:
    with translation.override(application.language):
        return reverse("application", args=[application_token(application)])


def questions_path(application: Application) -> str:
    """Where its people send questions before the day."""
    with translation.override(application.language):
        return reverse("application_questions", args=[application_token(application)])


def bundle_token(bundle: Bundle) -> str:
    return BUNDLE.sign(bundle.public_id)


def bundle_for(token: str) -> Bundle | None:
    """What was applied for with one form for a series; none for anything forged."""
    public_id = BUNDLE.public_id(token)
    if public_id is None:
        return None
    found = Bundle.objects.filter(public_id=public_id)
    return found.select_related("series__department").first()


def bundle_path(bundle: Bundle, *, language: str) -> str:
    with translation.override(language):
        return reverse("series_application", args=[bundle_token(bundle)])


def application_calendar_path(application: Application) -> str:
    """Of a calendar to subscribe to. It may be handed to a calendar service, so what
    opens it does not open the application; both change with the application's id."""
    return reverse("application_feed", args=[application_calendar_token(application)])


def application_calendar_token(application: Application) -> str:
    return CALENDAR.sign(application.public_id)


def application_of_calendar(token: str) -> Application | None:
    """Whose calendar a token opens; none for anything forged."""
    public_id = CALENDAR.public_id(token)
    if public_id is None:
        return None
    found = Application.objects.filter(public_id=public_id).order_by()
    return found.select_related("run__course").first()


def wish_for(token: str) -> HeldAgainWish | None:
    """The wish to be told that a token opens; none once it was given up or forgotten."""
    public_id = WISH.public_id(token)
    if public_id is None:
        return None
    found = HeldAgainWish.objects.filter(public_id=public_id).select_related("course")
    return found.first()


def wish_path(wish: HeldAgainWish, *, stop: bool = False) -> str:
    """To confirm it, or to end it."""
    token = WISH.sign(wish.public_id)
    with translation.override(wish.language):
        return reverse("held_again_stop" if stop else "held_again", args=[token])


def offer_token(offer: Offer) -> str:
    return OFFER.sign(offer.public_id)


def offer_for(token: str) -> Offer | None:
    """The offer that a token answers, settled or not; none for anything forged."""
    public_id = OFFER.public_id(token)
    if public_id is None:
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
