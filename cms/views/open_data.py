"""Open data for everybody: three files, and the page that explains them."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from cms.open_data import CityData
from cms.page_cache.kept_pages import KeptPage, KeptPages
from cms.page_cache.middleware import kept
from cms.page_cache.turning import next_turn
from cms.page_cache.watching import generation
from cms.presenters.open_data import data_files
from courses.exchange.open_data.event_columns import EVENT_COLUMNS
from courses.exchange.open_data.facility_columns import FACILITY_COLUMNS
from courses.exchange.open_data.gif_events import EVENT_ITEMS
from courses.exchange.open_data.objects import write_objects
from courses.exchange.open_data.table import write_table
from courses.views.feeds import safe_only
from courses.views.open_data_response import WrittenFile, open_data_response, write_file

CSV, JSON = "text/csv; charset=utf-8", "application/json; charset=utf-8"


Write = Callable[[CityData], Iterator[bytes]]
kept_files = KeptPages()


def data_set(name: str, kind: str, write: Write) -> Callable[..., HttpResponseBase]:
    """A file called by the city's code; its words are Japanese for every reader."""

    @safe_only
    def fetched(request: HttpRequest) -> HttpResponseBase:
        now = timezone.now()
        file = _written(name, write, at=now)
        called = f"{settings.CITY_CODE}_{name}"
        return open_data_response(request, file, name=called, kind=kind, at=now)

    return fetched


def _written(name: str, write: Write, *, at: datetime) -> WrittenFile:
    """As it was last written, while neither the database nor the clock says otherwise
    (ADR 11)."""
    seen = generation() if settings.KEEP_PAGES else None
    known = seen is not None and kept_files.recall(name, generation=seen, at=at)
    if known:
        return WrittenFile(known.packed, int(dict(known.headers)["length"]), known.etag)
    with translation.override(settings.LANGUAGE_CODE):
        file = write_file(write(CityData(at)))
    if seen is not None:
        length = (("length", str(file.length)),)
        page = KeptPage(file.packed, length, file.digest, seen, at, next_turn(at))
        kept_files.keep(name, page)
    return file


events_csv = data_set(
    "event.csv", CSV, lambda city: write_table(EVENT_COLUMNS, city.event_rows())
)
events_json = data_set(
    "event.json", JSON, lambda city: write_objects(EVENT_ITEMS, city.event_objects())
)
facilities_csv = data_set(
    "public_facility.csv",
    CSV,
    lambda city: write_table(FACILITY_COLUMNS, city.facility_rows()),
)


@kept
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What is offered, under which licence, and what each column means."""
    context = {
        "files": data_files(at=timezone.now()),
        "licence": settings.OPEN_DATA_LICENCE,
        "city_code": settings.CITY_CODE,
    }
    return render(request, "cms/open_data.html", context)
