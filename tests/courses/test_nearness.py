"""Near by area: from the middle of the area that was named to a venue."""

from math import isclose

import pytest

from courses.domain.nearness import (
    UNKNOWN,
    Distance,
    Point,
    distances_from,
    middle_of,
    nearest,
)
from courses.models import Venue


def venue(code: str, area: str, *position: float) -> Venue:
    latitude, longitude = position or (None, None)
    return Venue(code=code, area=area, latitude=latitude, longitude=longitude)


MIDDLE = venue("middle", "中央", 35.00, 139.00)
STATION = venue("station", "中央", 35.50, 139.00)
NORTH = venue("north", "北", 35.10, 139.00)
LOST = venue("lost", "北")
NOWHERE = venue("nowhere", "")


def test_middle_is_the_mean_of_the_venues_that_have_a_place():
    assert middle_of([MIDDLE, STATION, LOST]) == Point(35.25, 139.0)
    assert middle_of([LOST]) is None


def test_one_degree_of_latitude_is_111_km():
    found = distances_from("中央", [MIDDLE, venue("far", "北", 36.0, 139.0)])

    assert found["middle"] == Distance(same_area=True, km=0.0)
    assert isclose(found["far"].km, 111.195, abs_tol=0.01)


def test_a_degree_of_longitude_is_shorter_in_the_north():
    found = distances_from("中央", [MIDDLE, venue("east", "東", 35.0, 140.0)])

    assert isclose(found["east"].km, 91.09, abs_tol=0.02)


def test_venue_without_a_place_stands_in_the_middle_of_its_area():
    found = distances_from("中央", [MIDDLE, NORTH, LOST, NOWHERE])

    assert found["lost"] == found["north"]
    assert found["nowhere"] == UNKNOWN


def test_area_without_a_place_knows_only_itself():
    found = distances_from("北", [LOST, MIDDLE])

    assert found == {"lost": Distance(same_area=True), "middle": UNKNOWN}


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["north", "middle"], "middle"),
        (["north", None, "unheard-of"], "north"),
        (["nowhere", "north"], "north"),
    ],
)
def test_nearest_of_several_is_taken(codes, expected):
    known = distances_from("中央", [MIDDLE, NORTH, NOWHERE])

    assert nearest(codes, known) == known[expected]


def test_nowhere_is_at_no_known_distance():
    assert nearest([], {}) == nearest([None], {}) == UNKNOWN
    assert UNKNOWN.place_in_line > Distance(km=4000.0).place_in_line
    assert Distance(same_area=True).place_in_line < Distance(km=0.1).place_in_line


@pytest.mark.parametrize(
    ("km", "said"), [(None, None), (0.0, 0), (0.99, 0), (1.0, 1), (1.6, 2), (2.4, 2)]
)
def test_kilometres_are_said_and_ordered_as_whole_ones(km, said):
    assert Distance(km=km).whole_km == said
    assert Distance(km=1.6).place_in_line == Distance(km=2.4).place_in_line
