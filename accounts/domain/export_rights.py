"""Birth dates, addresses and what staff note leave in a list only by the hands of those to
whom that permission was given."""

from accounts.domain.sections import Visitor

SENSITIVE = "accounts.export_sensitive"


def may_export_sensitive(user: Visitor) -> bool:
    return bool(user.is_authenticated and user.is_active and user.has_perm(SENSITIVE))
