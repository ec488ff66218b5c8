"""An application is opened by whoever holds its secret link; no account is needed.

The token is the application's random id with an HMAC-SHA256 under the site's
secret key: nothing to steal is stored, and every mail can carry it again.
"""

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import translation

from enrollments.models import Application


def _signer() -> Signer:
    return Signer(salt="enrollments.application-link", sep=".")


def application_token(application: Application) -> str:
    return _signer().sign(application.public_id.hex)


def application_for(token: str) -> Application | None:
    """The application that a token opens; none for anything forged."""
    try:
        public_id = UUID(_signer().unsign(token))
    except (BadSignature, ValueError):
        return None
    return (
        Application.objects.filter(public_id=public_id)
        .select_related("run__course__department", "run__venue", "pool")
        .first()
    )


def application_path(application: Application) -> str:
    with translation.override(application.language):
        return reverse("application", args=[application_token(application)])
