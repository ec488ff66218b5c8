"""What the catalogue page shows: cards, facets with counts, chosen filters."""

from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, QueryDict

from cms.presenters.cards import cards_for
from cms.presenters.facets import chosen_filters, facets, query_without
from cms.search.marking import Marker
from cms.search.query import matching_course_ids, well_asked
from courses.domain.catalogue import CatalogueFilter, current
from courses.domain.ordering import joinable_first
from courses.forms.catalogue import CatalogueForm
from courses.models import Course

PER_PAGE = 12


def catalogue_context(data: QueryDict, *, at: datetime) -> dict[str, Any]:
    form = CatalogueForm(data)
    asked = well_asked(form.text) if form.text else None
    by_words = matching_course_ids(asked) if asked else None
    chosen = form.filter(by_words)
    found = found_in_order(chosen, at=at)
    page = page_of(found, data.get("page"))
    return {
        "form": form,
        "cards": cards_for(
            page.object_list,
            at=at,
            all_to_come=chosen.text_matches is None and not chosen.narrows_dates,
            marker=Marker(asked.query_string, asked.synonyms) if asked else None,
        ),
        "page_obj": page,
        "page_range": page.paginator.get_elided_page_range(page.number, on_ends=1),
        "total": page.paginator.count,
        **facets(form, chosen, found, at=at),
        "chosen": chosen_filters(form, data),
        "feed_query": query_without(data, "page"),
        "words_found_nothing": by_words == [],
    }


def found_in_order(chosen: CatalogueFilter, *, at: datetime) -> list[int]:
    """Primary keys: what one can join first, or by rank with what is over at the end."""
    courses = chosen.courses(Course.objects.public(), at=at)
    if chosen.text_matches is None:
        return joinable_first(courses, at=at, with_past=chosen.narrows_dates)
    fitting = set(courses.values_list("pk", flat=True))
    coming = set(current(Course.objects.all(), at=at).values_list("pk", flat=True))
    found = [pk for pk in chosen.text_matches if pk in fitting]
    return sorted(found, key=lambda pk: pk not in coming)


def page_of(keys: list[int], number: str | None) -> "Page[int]":
    """Raises Http404 for a page that is none."""
    paginator = Paginator(keys, PER_PAGE)
    if number is None:
        return paginator.page(1)
    if not number.isascii() or not number.isdigit() or len(number) > 6:
        raise Http404
    if not 1 <= int(number) <= paginator.num_pages:
        raise Http404
    return paginator.page(int(number))
