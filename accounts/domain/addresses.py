"""An e-mail address is somebody's own once the link sent to it was opened."""

from allauth.account.models import EmailAddress

from accounts.models import User


def verified_addresses(user: User) -> list[str]:
    """The addresses of an account that were confirmed, in lower case."""
    found = EmailAddress.objects.filter(user=user, verified=True)
    return sorted({address.lower() for address in found.values_list("email", flat=True)})


def confirmed_address(user: User) -> str:
    """Where mails to the account go: its own address, else another that was confirmed;
    empty while none is."""
    own = verified_addresses(user)
    return user.email if user.email in own else next(iter(own), "")


def owner_of(address: str) -> User | None:
    """Whose account this address was confirmed for."""
    found = EmailAddress.objects.filter(email=address.lower(), verified=True)
    confirmed = found.select_related("user").first()
    return confirmed.user if confirmed else None
