"""A person is an account or, without one, a reading of the name with one contact."""

import hashlib

from accounts.domain.contact import kana_key, phone_key, tidy_email
from enrollments.models import Application


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def person_keys(
    *,
    kana: str,
    email: str = "",
    phone: str = "",
    address: str = "",
    account: int | None = None,
) -> frozenset[str]:
    """Digests that two applications of one person have in common.

    Every contact given makes a key, so that somebody who applied by telephone is
    recognised when applying again by mail with the same telephone number.
    """
    name = kana_key(kana)
    keys: set[str] = set()
    if account is not None:
        keys.add(_digest("account", str(account)))
    if email:
        keys.add(_digest("mail", name, tidy_email(email)))
    if phone:
        keys.add(_digest("phone", name, phone_key(phone)))
    if address and not (email or phone):
        keys.add(_digest("address", name, "".join(address.split())))
    return frozenset(keys)


def keys_of(application: Application) -> frozenset[str]:
    """The digests under which an application's person is known."""
    return person_keys(
        kana=application.full_name_kana,
        email=application.email,
        phone=application.phone,
        address=application.address,
        account=application.user_id,
    )
