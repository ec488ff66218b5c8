"""What a session and its run are to the facets: day of the week, time of day, place, fee,
delivery. Each is written for the database and for a row that was read; both say the same.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache

from django.db.models import Case, CharField, Q, Value, When
from django.db.models.functions import Coalesce, ExtractHour, ExtractIsoWeekDay
from django.db.models.lookups import LessThan

from courses.domain.fiscal_year import TOKYO
from courses.enums import Delivery, Fee, TimeOfDay

AFTERNOON, EVENING = 12, 17  # the hour at which each begins

COURSE_FACETS = ("stage", "theme", "kind", "audience")
RUN_FACETS = ("fee", "delivery", "childcare", "sign", "open")
SESSION_FACETS = ("weekday", "time", "area", "venue")
FACETS = (*COURSE_FACETS, *RUN_FACETS, *SESSION_FACETS)
YES = "1"
# Facets of one value: it holds or it does not.
SAID: Mapping[bool, tuple[str, ...]] = {True: (YES,), False: ()}

# Who looks for a place to go to is served by a hybrid run too, and so is who stays home.
DELIVERED_AS: Mapping[str, tuple[str, ...]] = {
    Delivery.VENUE: (Delivery.VENUE, Delivery.HYBRID),
    Delivery.ONLINE: (Delivery.ONLINE, Delivery.HYBRID),
    Delivery.HYBRID: (Delivery.HYBRID,),
}

# Of a session's queryset; the room's venue, else the session's own, else the run's.
AREA = Coalesce("room__venue__area", "venue__area", "run__venue__area")
VENUE = Coalesce("room__venue__code", "venue__code", "run__venue__code")
WEEKDAY = ExtractIsoWeekDay("starts_at", tzinfo=TOKYO)
_HOUR = ExtractHour("starts_at", tzinfo=TOKYO)
TIME = Case(
    When(LessThan(_HOUR, AFTERNOON), then=Value(TimeOfDay.MORNING)),
    When(LessThan(_HOUR, EVENING), then=Value(TimeOfDay.AFTERNOON)),
    default=Value(TimeOfDay.EVENING),
    output_field=CharField(),
)


def weekday_of(local: datetime) -> str:
    """Of a moment in Tokyo's time; 1 is Monday, as in the day codes of GIF."""
    return str(local.isoweekday())


def time_of_day(local: datetime) -> str:
    if local.hour < AFTERNOON:
        return TimeOfDay.MORNING
    return TimeOfDay.AFTERNOON if local.hour < EVENING else TimeOfDay.EVENING


def fee_of(fee: int, note: str) -> str:
    """Where only a note tells what it costs, 「無料」 would be a guess."""
    return Fee.PAID if fee or note else Fee.FREE


def fee_rule(run: str, fees: tuple[str, ...]) -> Q:
    """`run` is the way from the rows to their run: "" or "run__"."""
    free = Q(**{f"{run}fee": 0, f"{run}fee_note": ""})
    wanted = {Fee.FREE: free, Fee.PAID: ~free}
    rule = Q()
    for fee in fees:
        rule |= wanted[Fee(fee)]
    return rule


def delivery_rule(run: str, deliveries: tuple[str, ...]) -> Q:
    fitting = {actual for wanted in deliveries for actual in DELIVERED_AS[wanted]}
    return Q(**{f"{run}delivery__in": sorted(fitting)})


@cache
def delivered_as(delivery: str) -> tuple[str, ...]:
    """What a run with this delivery is found under."""
    return tuple(str(wanted) for wanted, fits in DELIVERED_AS.items() if delivery in fits)
