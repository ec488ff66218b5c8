"""Open data for everybody: three files, and the page that explains them."""

from collections.abc import Callable, Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from cms.open_data import CityData
from cms.presenters.open_data import data_files
from courses.exchange.open_data.event_columns import EVENT_COLUMNS
from courses.exchange.open_data.facility_columns import FACILITY_COLUMNS
from courses.exchange.open_data.gif_events import EVENT_ITEMS
from courses.exchange.open_data.objects import write_objects
from courses.exchange.open_data.table import write_table
from courses.views.feeds import safe_only
from courses.views.open_data_response import open_data_response

CSV, JSON = "text/csv; charset=utf-8", "application/json; charset=utf-8"


Write = Callable[[CityData], Iterator[bytes]]


def data_set(name: str, kind: str, write: Write) -> Callable[..., HttpResponseBase]:
    """A file called by the city's code; its words are Japanese for every reader."""

    @safe_only
    def fetched(request: HttpRequest) -> HttpResponseBase:
        now = timezone.now()
        file = f"{settings.CITY_CODE}_{name}"
        with translation.override(settings.LANGUAGE_CODE):
            pieces = write(CityData(now))
            return open_data_response(request, pieces, name=file, kind=kind, at=now)

    return fetched


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


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What is offered, under which licence, and what each column means."""
    context = {
        "files": data_files(at=timezone.now()),
        "licence": settings.OPEN_DATA_LICENCE,
        "city_code": settings.CITY_CODE,
    }
    return render(request, "cms/open_data.html", context)
