"""連絡先: a group says how it can be reached, and what of that the public may read. To
take the consent back needs nobody's leave and works at once."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.domain.contact import tidy_email, tidy_text
from accounts.models import User
from learning_paths.domain.locking import lock_open_group
from learning_paths.domain.membership import require_organiser
from learning_paths.domain.refusals import ContactNeedsAWay
from learning_paths.models import Group

SHOWN = ("contact_name", "contact_phone", "contact_email")


@dataclass(frozen=True)
class Contact:
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    shows_contact_name: bool = False
    shows_contact_phone: bool = False
    shows_contact_email: bool = False


def set_contact(*, group: Group, contact: Contact, by: User, at: datetime) -> Group:
    """The moment of consent is that of the last wider consent.

    Raises: NotAMember, NotAnOrganiser, GroupClosed, ContactNeedsAWay (something is to
    be shown that was not filled in).
    """
    with transaction.atomic():
        fresh = lock_open_group(group.pk)
        require_organiser(by, fresh)
        widened = False
        fresh.contact_name = tidy_text(contact.contact_name)
        fresh.contact_phone = tidy_text(contact.contact_phone)
        fresh.contact_email = tidy_email(contact.contact_email)
        for name in SHOWN:
            shows = getattr(contact, f"shows_{name}")
            if shows and not getattr(fresh, name):
                raise ContactNeedsAWay
            widened |= shows and not getattr(fresh, f"shows_{name}")
            setattr(fresh, f"shows_{name}", shows)
        if widened:
            fresh.contact_consented_at = at
        fresh.save(
            update_fields=[
                *SHOWN,
                *(f"shows_{name}" for name in SHOWN),
                "contact_consented_at",
            ]
        )
    return fresh


def public_contact(group: Group) -> dict[str, str]:
    """Only what somebody agreed to."""
    return {
        name: getattr(group, name)
        for name in SHOWN
        if getattr(group, f"shows_{name}") and getattr(group, name)
    }
