"""Whoever holds a certificate can have it verified; whoever has only its address learns
nobody's name (ADR 32): a name that is typed is compared with the one on the certificate."""

import unicodedata

from enrollments.domain.finishing.codes import code_typed
from enrollments.models import Certificate

# Forms of names that many keyboards do not offer.
USUAL_FORMS = str.maketrans(
    "髙﨑𠮷德濵濱邊邉齋齊斎廣澤眞櫻瀨嶋惠國學",
    "高崎吉徳浜浜辺辺斉斉斉広沢真桜瀬島恵国学",
)


def certificate_behind(typed: str) -> Certificate | None:
    """With the one that replaces it; none for a code that was never given."""
    code = code_typed(typed)
    if not code:
        return None
    return Certificate.objects.filter(code=code).select_related("replaced_by").first()


def is_holder(certificate: Certificate, typed: str) -> bool:
    """Whether the name is the one on the certificate; spaces and old forms are the same."""
    name = _folded(typed)
    return bool(name) and name == _folded(certificate.holder)


def _folded(name: str) -> str:
    bare = "".join(unicodedata.normalize("NFKC", name).split())
    return bare.replace("・", "").casefold().translate(USUAL_FORMS)
