"""オープンデータに足りない項目: what keeps sessions and venues out of the open data. For
staff; one's own section first."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.domain.refusal import NotAllowed
from accounts.domain.sections import section_of
from accounts.models import Department
from cms.open_data import CityData
from courses.domain.open_data import ListedSession
from courses.exchange.open_data.columns import gaps as gaps_in
from courses.exchange.open_data.event_columns import EVENT_COLUMNS
from courses.exchange.open_data.facility_columns import FACILITY_COLUMNS
from courses.exchange.open_data.gif_events import EVENT_ITEMS, GifEvent
from courses.models import Course, Venue

# Items of the JSON that the list has under another name.
SAID = {"feeStatus": "料金", "contactPointInformation": "連絡先"}


@dataclass
class CourseGaps:
    """A course, what it lacks, and the venues whose address or name is missing."""

    course: Course
    items: dict[str, None] = field(default_factory=dict)
    venues: dict[int, Venue] = field(default_factory=dict)
    sessions: int = 0


@never_cache
@require_safe
def gaps(request: HttpRequest) -> HttpResponse:
    section = section_of(request.user)
    if section is None and not request.user.is_superuser:
        raise NotAllowed
    own_only = request.GET.get("own", "1" if section else "") == "1"
    city = CityData(timezone.now())
    wanted = [one for one in city.sessions if not own_only or _is_of(one, section)]
    venues = [
        (one.venue, [column.heading for column in missing])
        for one in city.venues
        if (missing := gaps_in(FACILITY_COLUMNS, one))
    ]
    title = _("オープンデータに足りない項目")
    context = {
        "courses": course_gaps(wanted),
        "venues": venues,
        "section": section,
        "own_only": own_only,
        "breadcrumbs_items": [
            {"url": reverse("manage_courses"), "label": _("講座")},
            {"url": "", "label": title},
        ],
        "header_title": title,
        "page_title": title,
    }
    return render(request, "manage/open_data_gaps.html", context)


def course_gaps(sessions: Iterable[ListedSession]) -> list[CourseGaps]:
    found: dict[int, CourseGaps] = {}
    for listed in sessions:
        missing = _missing(listed)
        if not missing:
            continue
        course = listed.of.course
        told = found.setdefault(course.pk, CourseGaps(course))
        told.sessions += 1
        told.items.update(dict.fromkeys(missing))
        if "住所" in missing and listed.venue:
            told.venues[listed.venue.pk] = listed.venue
    return sorted(found.values(), key=lambda one: (-one.sessions, one.course.pk))


def _missing(listed: ListedSession) -> list[str]:
    event = GifEvent(listed.of, (listed,), listed)
    columns = [column.heading for column in gaps_in(EVENT_COLUMNS, listed)]
    items = [item.heading for item in gaps_in(EVENT_ITEMS, event)]
    return columns + [SAID[name] for name in items if name in SAID]


def _is_of(listed: ListedSession, section: Department | None) -> bool:
    return section is not None and listed.of.course.department_id == section.pk
