"""Sessions as open data see them, for tests."""

from django.utils import translation

from courses.domain.open_data import ListedSession, Publisher, listed_runs, listed_sessions
from courses.exchange.open_data.columns import complete
from courses.exchange.open_data.event_columns import EVENT_COLUMNS
from courses.exchange.open_data.gif_events import EVENT_ITEMS, gif_events
from courses.exchange.open_data.objects import as_object
from courses.exchange.open_data.table import write_table
from courses.models import CourseRun
from tests.courses.open_data_rules import rows_of
from tests.factories import NOON, DepartmentFactory, VenueFactory

CITY = Publisher("999997", "あおば県", "みどり野市", "https://manabiba.example")


def sessions(at=NOON) -> list[ListedSession]:
    runs = listed_runs(at=at, publisher=CITY, runs=CourseRun.objects.all())
    return listed_sessions(runs, at=at)


def table(at=NOON) -> bytes:
    return b"".join(write_table(EVENT_COLUMNS, complete(EVENT_COLUMNS, sessions(at))))


def rows(at=NOON) -> list[dict[str, str]]:
    return rows_of(table(at))


def events(at=NOON) -> list[dict]:
    with translation.override("ja"):
        return [as_object(EVENT_ITEMS, one) for one in gif_events(sessions(at))]


def hall(**facts):
    usual = {"name": "東会館", "name_kana": "ヒガシカイカン", "address": "緑町1-1"}
    return VenueFactory(**usual | facts)


def section(**facts):
    usual = {"name": "市民活動推進課", "phone": "(0420)60-1830", "extension": "2130"}
    return DepartmentFactory(**usual | facts)
