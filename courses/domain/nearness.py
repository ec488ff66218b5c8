"""Near is the way, as the crow flies, from the middle of an area to a venue. Nobody says
where they live more closely than by an area's name, and nothing of it is kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from courses.models import Venue

EARTH_KM = 6371.0088
FAR = float("inf")


@dataclass(frozen=True)
class Point:
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Distance:
    """`km` none: not known, or there is no way to go, as it is online."""

    same_area: bool = False
    km: float | None = None

    @property
    def whole_km(self) -> int | None:
        """As it is said; below one kilometre nobody counts."""
        return None if self.km is None else round(self.km) if self.km >= 1 else 0

    @property
    def place_in_line(self) -> tuple[bool, float]:
        """What is said to be as near stands as near."""
        return not self.same_area, FAR if self.whole_km is None else self.whole_km


UNKNOWN = Distance()


def middle_of(venues: Iterable[Venue]) -> Point | None:
    """The mean of the venues whose place is known."""
    known = [point for point in map(_point, venues) if point]
    if not known:
        return None
    return Point(
        sum(point.latitude for point in known) / len(known),
        sum(point.longitude for point in known) / len(known),
    )


def distances_from(area: str, venues: Iterable[Venue]) -> Mapping[str, Distance]:
    """By code of the venue; one whose place is not known stands in its area's middle."""
    everywhere = list(venues)
    by_area: dict[str, list[Venue]] = {}
    for venue in everywhere:
        by_area.setdefault(venue.area, []).append(venue)
    middles = {name: middle_of(there) if name else None for name, there in by_area.items()}
    home = middles.get(area)
    return {
        venue.code: Distance(
            same_area=venue.area == area,
            km=_km(home, _point(venue) or middles[venue.area]),
        )
        for venue in everywhere
    }


def nearest(venues: Iterable[str | None], known: Mapping[str, Distance]) -> Distance:
    """Of several venues, by code, the one that is nearest."""
    found = (known.get(code, UNKNOWN) for code in venues if code)
    return min(found, key=_way, default=UNKNOWN)


def _way(distance: Distance) -> tuple[bool, float]:
    return not distance.same_area, FAR if distance.km is None else distance.km


def _point(venue: Venue) -> Point | None:
    if venue.latitude is None or venue.longitude is None:
        return None
    return Point(float(venue.latitude), float(venue.longitude))


def _km(here: Point | None, there: Point | None) -> float | None:
    """The haversine formula: exact enough for any city."""
    if here is None or there is None:
        return None
    lat, other = radians(here.latitude), radians(there.latitude)
    across = radians(there.longitude - here.longitude)
    half = sin((other - lat) / 2) ** 2 + cos(lat) * cos(other) * sin(across / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))
