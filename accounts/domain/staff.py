"""Who works in which section, and under which address somebody signs in. A changed
address counts only once its owner has confirmed it."""

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.enums import StaffRole
from accounts.models import Department, StaffProfile, User


def assign_section(
    *, user: User, department: Department | None, role: StaffRole = StaffRole.OFFICER
) -> None:
    """None: the person no longer works in any section."""
    if department is None:
        StaffProfile.objects.filter(user=user).delete()
        return
    StaffProfile.objects.update_or_create(
        user=user, defaults={"department": department, "role": role}
    )


def set_address(*, user: User, email: str) -> None:
    """The account's one address from now on; nothing happens if it is the same."""
    address = email.strip().lower()
    with transaction.atomic():
        known = EmailAddress.objects.filter(user=user)
        if known.filter(email__iexact=address, primary=True).exists():
            return
        known.delete()
        EmailAddress.objects.create(user=user, email=address, primary=True, verified=False)
        user.email = address
        user.save(update_fields=["email"])
