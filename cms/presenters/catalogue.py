"""What the catalogue shows: cards or a calendar, facets with counts, chosen filters."""

from datetime import date, datetime
from functools import partial
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from cms.presenters.calendars import calendar_of_search
from cms.presenters.chosen import chosen_filters, joined, looser
from cms.presenters.facets import facets, single_choices
from cms.presenters.found_calendar import found_calendar
from cms.presenters.results import list_context
from cms.presenters.ways_of_showing import Shown, shown_as_asked, ways_of_showing
from cms.search.marking import Marker
from cms.search.query import matching_course_ids, well_asked
from cms.templatetags.manabiba import home_url
from courses.domain.finding import find
from courses.enums import CatalogueOrder
from courses.forms.catalogue import CatalogueForm


def catalogue_context(data: QueryDict, *, at: datetime) -> dict[str, Any]:
    form, today = CatalogueForm(data), timezone.localdate(at)
    asked = well_asked(form.text) if form.text else None
    by_words = matching_course_ids(asked) if asked else None
    shown, chosen = _shown(form, today), form.filter(by_words)
    if shown.span:
        chosen = chosen.within(*shown.span)
    found = find(chosen, at=at)
    if shown.view == "list":
        marker = Marker(asked.query_string, asked.synonyms) if asked else None
        body = list_context(form, chosen, found, at=at, marker=marker)
    else:
        query = partial(address_of, form)
        body = found_calendar(form, chosen, shown, query, today=today, at=at)
    state = state_of(form, shown)
    chips = chosen_filters(form, state)
    return {
        "form": form,
        "feed": calendar_of_search(form.query(), name=joined(chips)),
        "total": len(found.runs),
        "facets": facets(form, found.by_choice),
        "singles": single_choices(form, found.by_choice),
        "orders": CatalogueOrder.choices,
        "chosen": chips,
        "looser": [] if found.runs else looser(form, chosen, found, state, at=at),
        "words_found_nothing": by_words == [],
        "month": shown.month,
        "shown": shown,
        **_addresses(form, shown, today),
        **body,
    }


def _shown(form: CatalogueForm, today: date) -> Shown:
    return shown_as_asked(
        form.view, month=form.month, week=form.week, today=today, say=form.say
    )


def _addresses(form: CatalogueForm, shown: Shown, today: date) -> dict[str, Any]:
    """The same conditions as a feed, as they are shown, and shown in other ways."""

    return {
        "feed_query": form.query(),
        "own_query": address_of(form, shown),
        "calendar_path": f"{home_url()}courses/",
        "ways": ways_of_showing(shown, partial(address_of, form), today=today),
    }


def address_of(form: CatalogueForm, shown: Shown) -> str:
    return form.query(**state_of(form, shown))


def state_of(form: CatalogueForm, shown: Shown) -> dict[str, str]:
    """How the results are shown, which removing a filter leaves as it is."""
    return {"sort": form.sort, "near": form.near, **shown.query}
