"""The link that ends reminders opens nothing else: mail programs follow it by themselves,
so it must not show the application."""

from django.urls import reverse
from django.utils import translation

from accounts.domain.signed_links import SignedLinks
from enrollments.models import Application

REMINDERS = SignedLinks("enrollments.reminders")


def reminders_token(application: Application) -> str:
    return REMINDERS.sign(application.public_id)


def reminders_stop_path(application: Application) -> str:
    with translation.override(application.language):
        return reverse("reminders_stop", args=[reminders_token(application)])


def application_of_reminders(token: str) -> Application | None:
    """None for anything forged."""
    public_id = REMINDERS.public_id(token)
    if public_id is None:
        return None
    found = Application.objects.filter(public_id=public_id)
    return found.select_related("run__course").first()
