"""So many attempts in so many minutes from one address, counted in the shared cache."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.core.cache import cache, caches
from django.core.cache.backends.base import BaseCache
from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal

UNITS = {"s": 1, "m": 60, "h": 3600}


class TooManyRequests(Refusal):
    sentence = _(
        "短い時間に操作が集中しています。しばらく待ってから、もう一度お試しください。"
    )

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after


def parse_rate(text: str) -> tuple[int, int]:
    """`30/10m` → (30 attempts, 600 seconds)."""
    count, _, period = text.partition("/")
    return int(count), int(period[:-1] or 1) * UNITS[period[-1]]


def count_attempt(*, rule: str, who: str, at: datetime) -> None:
    """Count one attempt of `who` under a rule of settings.RULES_OF_USE.

    `who` is stored only as a digest. Raises: TooManyRequests with the seconds
    until the window ends.
    """
    allowed, seconds = parse_rate(settings.RULES_OF_USE[rule])
    moment = int(at.timestamp())
    window = moment // seconds
    digest = hashlib.sha256(who.encode()).hexdigest()[:24]
    key = f"rate:{rule}:{window}:{digest}"
    used = _counted(key, lasting=seconds * 2)
    if used > allowed:
        raise TooManyRequests(retry_after=(window + 1) * seconds - moment)


def _counted(key: str, *, lasting: int) -> int:
    """How often by now; each question to the cache costs as much as a query."""
    for _attempt in range(2):
        try:
            used = cache.incr(key)
        except ValueError:
            if cache.add(key, 1, timeout=lasting):
                return 1
            # Somebody else was the first in the same moment.
        else:
            if _counts_by_writing_anew():
                cache.touch(key, lasting)
            return used
    return 1


def _counts_by_writing_anew() -> bool:
    """As files and tables do: what is written has a new, shorter life. Valkey and memory
    count in place."""
    return type(caches["default"]).incr is BaseCache.incr
