"""The list of what was found: in order, in pages, as cards."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from cms.presenters.cards import cards_by_course
from cms.presenters.nearby import distance_words, fitting_words
from cms.search.marking import Marker
from courses.domain.catalogue import CatalogueFilter
from courses.domain.finding import Found, meetings_of
from courses.domain.nearness import Distance, distances_from, nearest
from courses.domain.offered_runs import OfferedRun
from courses.domain.ordering import by_rank, in_order, nearest_first
from courses.domain.plain_runs import PlainRun
from courses.enums import CatalogueOrder
from courses.forms.catalogue import CatalogueForm

PER_PAGE = 12


def list_context(
    form: CatalogueForm,
    chosen: CatalogueFilter,
    found: Found,
    *,
    at: datetime,
    marker: Marker | None,
) -> dict[str, Any]:
    """`marker` marks in the cards what was searched for."""
    distances = _distances(form, found)
    keys = found_in_order(form, chosen, found, distances, at=at)
    page = page_of(form, keys)
    cards = cards_by_course(
        page.object_list, _runs_shown(found, page.object_list), at=at, marker=marker
    )
    return {
        "cards": [
            replace(
                card,
                fitting_text=fitting_words(chosen, found.runs[key], card, at=at),
                near_text=distance_words(distances.get(key)),
            )
            for key, card in cards.items()
        ],
        "page_obj": page,
        "page_range": page.paginator.get_elided_page_range(page.number, on_ends=1),
    }


def found_in_order(
    form: CatalogueForm,
    chosen: CatalogueFilter,
    found: Found,
    distances: Mapping[int, Distance],
    *,
    at: datetime,
) -> list[int]:
    """Primary keys. Words are answered by rank, unless an order was asked for."""
    if chosen.text_matches is not None and not form.sort:
        keys = by_rank(found.runs, chosen.text_matches)
    else:
        keys = in_order(found.runs, CatalogueOrder(form.sort or "soonest"), at=at)
    return nearest_first(keys, distances, found.runs) if form.near else keys


def _distances(form: CatalogueForm, found: Found) -> Mapping[int, Distance]:
    """By course, to the nearest of the venues where it fits."""
    if not form.near:
        return {}
    known = distances_from(form.near, form.all_venues)
    return {
        course: nearest((meeting.venue for meeting in meetings_of(runs)), known)
        for course, runs in found.runs.items()
    }


def page_of(form: CatalogueForm, keys: Any, *, per_page: int = PER_PAGE) -> "Page[Any]":
    """The page asked for, else the nearest there is, which is then said."""
    paginator = Paginator(keys, per_page)
    asked = form.page or "1"
    if not asked.isdecimal() or int(asked) < 1:
        form.say(_("そのページはないため、最初のページを表示しました。"))
        return paginator.page(1)
    if int(asked) > paginator.num_pages:
        form.say(_("そのページはないため、最後のページを表示しました。"))
    return paginator.get_page(asked)


def _runs_shown(found: Found, courses: Sequence[int]) -> list[PlainRun]:
    """Those that fit: whoever looks for Saturdays wants the Saturday run."""
    return [one.run for key in courses for one in _worth_a_card(found.runs[key])]


def _worth_a_card(runs: Sequence[OfferedRun]) -> Sequence[OfferedRun]:
    """What is to come, else the latest: a course may have years of runs behind it."""
    coming = [run for run in runs if run.is_coming]
    return coming or sorted(runs, key=_last_begin)[-1:]


def _last_begin(run: OfferedRun) -> tuple[float, int]:
    begins = (meeting.starts_at.timestamp() for meeting in run.meetings)
    return max(begins, default=0), run.pk
