"""The data sets as this city publishes them: rows, and what keeps a row out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.conf import settings

from courses.domain.open_data import (
    ListedSession,
    Publisher,
    listed_runs,
    listed_sessions,
    listed_venues,
)
from courses.exchange.open_data.columns import complete
from courses.exchange.open_data.event_columns import EVENT_COLUMNS
from courses.exchange.open_data.facility_columns import FACILITY_COLUMNS, ListedVenue
from courses.exchange.open_data.gif_events import EVENT_ITEMS, GifEvent, gif_events
from courses.models import CourseRun
from enrollments.domain.queries import with_waiting


def publisher() -> Publisher:
    return Publisher(
        code=settings.CITY_CODE,
        prefecture=settings.PREFECTURE_NAME,
        city=settings.CITY_NAME,
        site=settings.PUBLIC_URL,
    )


@dataclass(frozen=True)
class CityData:
    """Everything that is public at one moment, or of one run only; each part is read
    when it is asked for."""

    at: datetime
    run: int | None = None

    @cached_property
    def sessions(self) -> Sequence[ListedSession]:
        runs = with_waiting(CourseRun.objects.all())
        if self.run is not None:
            runs = runs.filter(pk=self.run)
        listed = listed_runs(at=self.at, publisher=publisher(), runs=runs)
        return listed_sessions(listed, at=self.at)

    @cached_property
    def venues(self) -> Sequence[ListedVenue]:
        ours = publisher()
        return [ListedVenue(venue, ours) for venue in listed_venues()]

    def event_rows(self) -> list[ListedSession]:
        return complete(EVENT_COLUMNS, self.sessions)

    def event_objects(self) -> list[GifEvent]:
        """A parent names only sub events that are there."""
        fit = [one for one in self.sessions if not gaps_of_object(one)]
        return list(gif_events(fit))

    def facility_rows(self) -> list[ListedVenue]:
        return complete(FACILITY_COLUMNS, self.venues)


def gaps_of_object(listed: ListedSession) -> bool:
    event = GifEvent(listed.of, (listed,), listed)
    return not complete(EVENT_ITEMS, [event])
