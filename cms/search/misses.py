"""What found nothing is counted, so that officers can add the missing word; nothing is
kept that could tell something about a person.

Until it has been asked on a second day a text is only a digest. It stays one for good
where it is long, holds digits or an address, or is the name of somebody known.
"""

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.domain.rate_limit import TooManyRequests, count_attempt
from cms.models.search import SearchMiss
from cms.search.folding import RUN, fold, normalise
from enrollments.domain.names import is_somebodys_name

logger = logging.getLogger(__name__)

LONGEST = 40  # characters
KEPT = timedelta(days=400)
MOST_ROWS, ROOM_MADE = 5_000, 100
COUNTED_AGAIN_AFTER = 3600  # seconds
LONGEST_WAIT = "100"  # milliseconds, for somebody else's write
PERSONAL = re.compile(r"@|://|www\.|\d.*\d.*\d.*\d.*\d")


def note_miss(text: str, *, at: datetime) -> None:
    """Count a text that found nothing. Never raises: a page that says so must be shown
    whatever becomes of the count."""
    tidy = " ".join(normalise(text).split())
    if not tidy or len(tidy) > LONGEST or PERSONAL.search(tidy) or not RUN.search(tidy):
        return
    digest = digest_of(tidy)
    try:
        if _is_due(digest, at):
            with _hardly_waiting():
                _count(digest, tidy, timezone.localdate(at))
    except (DatabaseError, OSError) as error:
        logger.warning("A search without result was not counted: %s", type(error).__name__)


def digest_of(text: str) -> str:
    """The same for all ways of writing a text; says nothing without the site's key."""
    folded = "".join(fold(normalise(text)).split())
    return salted_hmac("cms.search.misses", folded, algorithm="sha256").hexdigest()


def forget(words: Iterable[str]) -> None:
    """These are found from now on, or are looked into."""
    SearchMiss.objects.filter(digest__in=[digest_of(word) for word in words]).delete()


def _is_due(digest: str, at: datetime) -> bool:
    """Once an hour for one text, and for all texts as often as the rules of use say."""
    if not cache.add(f"search-miss:{digest}", 1, timeout=COUNTED_AGAIN_AFTER):
        return False
    try:
        count_attempt(rule="search_misses", who="everybody", at=at)
    except TooManyRequests:
        return False
    return True


def _count(digest: str, text: str, day: date) -> None:
    known = SearchMiss.objects.filter(digest=digest).first()
    if known is None:
        _make_room(day)
        SearchMiss.objects.create(digest=digest, first_asked_on=day, last_asked_on=day)
        return
    shown = known.text
    if not shown and day > known.first_asked_on and not is_somebodys_name(text):
        shown = text
    SearchMiss.objects.filter(pk=known.pk).update(
        text=shown, times_asked=F("times_asked") + 1, last_asked_on=day
    )


def _make_room(day: date) -> None:
    """Old ones go, and where there are too many, first those that nobody can read."""
    SearchMiss.objects.filter(last_asked_on__lt=day - KEPT).delete()
    if SearchMiss.objects.count() >= MOST_ROWS:
        readable = Case(When(text="", then=Value(0)), default=Value(1))
        least = SearchMiss.objects.order_by(readable, "last_asked_on", "times_asked", "pk")
        gone = list(least.values_list("pk", flat=True)[:ROOM_MADE])
        SearchMiss.objects.filter(pk__in=gone).delete()


@contextmanager
def _hardly_waiting() -> Iterator[None]:
    """Around a transaction. Somebody else's write is not waited for, as a visitor's page
    stands behind this one."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [LONGEST_WAIT])
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (usual,) = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {LONGEST_WAIT}")
        try:
            with transaction.atomic():
                yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
