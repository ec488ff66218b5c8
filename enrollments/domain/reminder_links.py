"""The link that ends reminders opens nothing else: mail programs follow it by themselves,
so it must not show the application."""

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import translation

from enrollments.models import Application


def _signer() -> Signer:
    return Signer(salt="enrollments.reminders", sep=".")


def reminders_token(application: Application) -> str:
    return _signer().sign(application.public_id.hex)


def reminders_stop_path(application: Application) -> str:
    with translation.override(application.language):
        return reverse("reminders_stop", args=[reminders_token(application)])


def application_of_reminders(token: str) -> Application | None:
    """None for anything forged."""
    try:
        public_id = UUID(_signer().unsign(token))
    except (BadSignature, ValueError):
        return None
    found = Application.objects.filter(public_id=public_id)
    return found.select_related("run__course").first()
