"""What every paper of the city bears: its name, its colour and, if it has one, its logo."""

from functools import cache
from pathlib import Path

from django.conf import settings

from accounts.exchange.paper.printable import Fact

KINDS = {".svg": "svg", ".png": "png", ".jpg": "jpg", ".jpeg": "jpg"}


def brand() -> dict[str, Fact]:
    """`logo`, if there is one, as its format and its bytes as numbers."""
    return {
        "city": settings.CITY_NAME,
        "site": settings.SITE_NAME,
        "url": settings.PUBLIC_URL,
        "colour": settings.CITY_COLOUR,
        "logo": _logo(settings.CITY_LOGO) if settings.CITY_LOGO else None,
    }


@cache
def _logo(path: str) -> Fact:
    file = Path(path)
    return {"format": KINDS[file.suffix.lower()], "bytes": list(file.read_bytes())}
