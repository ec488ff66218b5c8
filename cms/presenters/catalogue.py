"""What the catalogue page shows: cards or a month, facets with counts, chosen filters."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from cms.presenters.chosen import chosen_filters, looser
from cms.presenters.facets import facets, single_choices
from cms.presenters.month import month_asked_for, month_context
from cms.presenters.results import list_context
from cms.search.marking import Marker
from cms.search.query import matching_course_ids, well_asked
from courses.domain.finding import find
from courses.domain.month import Month
from courses.enums import CatalogueOrder
from courses.forms.catalogue import CatalogueForm


def catalogue_context(data: QueryDict, *, at: datetime) -> dict[str, Any]:
    form, today = CatalogueForm(data), timezone.localdate(at)
    asked = well_asked(form.text) if form.text else None
    by_words = matching_course_ids(asked) if asked else None
    chosen, month = form.filter(by_words), None
    if form.view == "month":
        month = month_asked_for(form, today=today)
        chosen = chosen.within(month.first_day, month.last_day)
    found = find(chosen, at=at)
    if month:
        body = month_context(form, chosen, month, today=today, at=at)
    else:
        marker = Marker(asked.query_string, asked.synonyms) if asked else None
        body = list_context(form, chosen, found, at=at, marker=marker)
    shown = shown_as(form, month)
    return {
        "form": form,
        "total": len(found.runs),
        "facets": facets(form, found.by_choice),
        "singles": single_choices(form, found.by_choice),
        "orders": CatalogueOrder.choices,
        "chosen": chosen_filters(form, shown),
        "looser": [] if found.runs else looser(form, chosen, found, shown, at=at),
        "words_found_nothing": by_words == [],
        "month": month,
        **_addresses(form, month, today),
        **body,
    }


def _addresses(form: CatalogueForm, month: Month | None, today: date) -> dict[str, str]:
    """The same conditions as a feed, as they are shown, as a list and as a month."""
    return {
        "feed_query": form.query(),
        "own_query": form.query(**shown_as(form, month)),
        "list_query": form.query(**shown_as(form, None)),
        "month_query": form.query(**shown_as(form, month or Month.of(today))),
    }


def shown_as(form: CatalogueForm, month: Month | None) -> Mapping[str, str]:
    """How the results are shown, which removing a filter leaves as it is."""
    shown = {"sort": form.sort, "near": form.near}
    return {**shown, "view": "month", "month": str(month)} if month else shown
