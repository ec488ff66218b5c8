"""What visitors of the city searched for in vain."""

from datetime import datetime, timedelta

from django.utils import timezone

from cms.models import SearchMiss
from cms.search.misses import digest_of

# Text, times asked, days since it was asked first and last.
ASKED = (
    ("終活", 31, 210, 1),
    ("ヨガ", 24, 330, 2),
    ("英会話", 19, 290, 4),
    ("陶芸", 12, 150, 3),
    ("プログラミング", 11, 120, 9),
    ("ガラケー", 7, 80, 6),
    ("囲碁", 5, 60, 12),
    ("ペン習字", 3, 40, 18),
)
ONCE = 14  # whose words are not legible yet


def write_misses(*, at: datetime) -> None:
    """In the place of what was asked before the city was built."""
    today = timezone.localdate(at)
    SearchMiss.objects.all().delete()
    SearchMiss.objects.bulk_create(
        SearchMiss(
            digest=digest_of(text),
            text=text,
            times_asked=times,
            first_asked_on=today - timedelta(days=first),
            last_asked_on=today - timedelta(days=last),
        )
        for text, times, first, last in ASKED
    )
    SearchMiss.objects.bulk_create(
        SearchMiss(digest=digest_of(f"例{n}"), first_asked_on=day, last_asked_on=day)
        for n in range(ONCE)
        for day in [today - timedelta(days=n)]
    )
