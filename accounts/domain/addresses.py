"""An e-mail address is somebody's own once the link sent to it was opened."""

from allauth.account.models import EmailAddress

from accounts.models import User


def verified_addresses(user: User) -> list[str]:
    """The addresses of an account that were confirmed, in lower case."""
    found = EmailAddress.objects.filter(user=user, verified=True)
    return sorted({address.lower() for address in found.values_list("email", flat=True)})
