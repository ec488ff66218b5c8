"""An address that is one slip away from a well-known provider was probably meant for it.
A hint and no more: somebody may well have an address of their own at such a name."""

from accounts.domain.contact import tidy_email

PROVIDERS = (
    "gmail.com",
    "yahoo.co.jp",
    "docomo.ne.jp",
    "ezweb.ne.jp",
    "softbank.ne.jp",
    "i.softbank.jp",
    "icloud.com",
    "outlook.jp",
    "outlook.com",
    "hotmail.com",
    "hotmail.co.jp",
    "ymobile.ne.jp",
    "uqmobile.jp",
    "nifty.com",
    "biglobe.ne.jp",
    "plala.or.jp",
    "so-net.ne.jp",
)
# More than one slip away, and common all the same.
OFTEN_MEANT = {
    "gmail.co.jp": "gmail.com",
    "gmail.jp": "gmail.com",
    "gmail.ne.jp": "gmail.com",
    "yahoo.jp": "yahoo.co.jp",
    "yahoo.ne.jp": "yahoo.co.jp",
    "docomo.co.jp": "docomo.ne.jp",
    "docomo.jp": "docomo.ne.jp",
    "ezweb.co.jp": "ezweb.ne.jp",
    "i.softbank.ne.jp": "i.softbank.jp",
    "icloud.co.jp": "icloud.com",
}
# One slip away from a provider, and somebody's own.
OTHERS = frozenset({"ymail.com", "email.com", "mail.com", "hotmail.co.uk"})


def likely_meant(address: str) -> str:
    """The whole address as it was probably meant; empty where nothing looks amiss."""
    name, at, host = tidy_email(address).rpartition("@")
    if not (name and at) or host in PROVIDERS or host in OTHERS:
        return ""
    near = (one for one in PROVIDERS if _one_slip(host, one))
    meant = OFTEN_MEANT.get(host) or next(near, "")
    return f"{name}@{meant}" if meant else ""


def _one_slip(typed: str, meant: str) -> bool:
    """One sign too many, too few or wrong, or two that changed places."""
    if typed == meant or abs(len(typed) - len(meant)) > 1:
        return False
    first = next(
        (n for n, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b),
        min(len(typed), len(meant)),
    )
    here, there = typed[first:], meant[first:]
    return (
        here[1:] == there[1:]
        or here[1:] == there
        or here == there[1:]
        or (here[:2] == there[1::-1] and here[2:] == there[2:])
    )
