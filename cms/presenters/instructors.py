"""Instructors and local talent as the public may see them."""

from datetime import datetime
from typing import Any

from django.http import QueryDict

from cms.presenters.cards import cards_for
from courses.domain.areas import WHOLE_CITY, several_areas
from courses.domain.ordering import joinable_first
from courses.domain.talent import courses_of, matching, section_for
from courses.models import Instructor, Theme

SHOWN, PAST_SHOWN = 12, 20
LONGEST = 60


def instructors_context(query: QueryDict) -> dict[str, Any]:
    """A theme or an area that is none finds everybody."""
    people = Instructor.objects.public()
    themes = Theme.objects.filter(instructors__in=people).distinct()
    chosen = next((theme for theme in themes if theme.key == query.get("theme")), None)
    talent_only = query.get("talent") == "1"
    if chosen:
        people = people.filter(themes=chosen)
    if talent_only:
        people = people.filter(is_local_talent=True)
    areas = _areas()
    area = query.get("area", "") if query.get("area") in areas else ""
    words = query.get("q", "")[:LONGEST]
    people = matching(people, words=words, area=area)
    return {
        "people": people.prefetch_related("themes"),
        "themes": themes,
        "chosen": chosen,
        "talent_only": talent_only,
        "areas": areas,
        "area": area,
        "words": words,
        "narrowed": bool(chosen or talent_only or area or words),
    }


def _areas() -> list[str]:
    """Where somebody comes to, as it is written down: 桜台、中央."""
    told = Instructor.objects.public().exclude(areas="").values_list("areas", flat=True)
    return sorted({one for areas in told for one in several_areas(areas)} - {WHOLE_CITY})


def instructor_context(person: Instructor, *, at: datetime) -> dict[str, Any]:
    courses = courses_of(person)
    coming = joinable_first(courses, at=at)
    past = courses.exclude(pk__in=coming).order_by("-published_at", "-pk")
    return {
        "person": person,
        "themes": person.themes.all(),
        "cards": cards_for(coming[:SHOWN], at=at, all_to_come=True),
        "past": past[:PAST_SHOWN],
        "contact": section_for(person) if person.is_local_talent else None,
    }
