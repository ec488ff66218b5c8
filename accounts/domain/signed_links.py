"""Whoever holds a signed link may do one thing with it; which, the salt says.

What is signed is a random id with an HMAC-SHA256 under the site's secret key: nothing to
steal is stored, and every mail can carry it again. A salt is part of every link that
people have in their mail, so it never changes.
"""

from uuid import UUID

from django.core.signing import BadSignature, Signer


class SignedLinks:
    """Links of one kind."""

    def __init__(self, salt: str) -> None:
        self.salt = salt

    def sign(self, value: UUID | str) -> str:
        return self._signer().sign(value.hex if isinstance(value, UUID) else value)

    def value(self, token: str) -> str | None:
        """What was signed; none for anything forged."""
        try:
            return self._signer().unsign(token)
        except BadSignature:
            return None

    def public_id(self, token: str) -> UUID | None:
        """None for anything forged, and for what is no id."""
        try:
            return UUID(self.value(token) or "")
        except ValueError:
            return None

    def _signer(self) -> Signer:
        """Anew each time: the key may change, and its predecessors count."""
        return Signer(salt=self.salt, sep=".")
