"""A partner organisation with what it stands behind."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from courses.domain.ordering import joinable_first
from courses.models import Course, CoursePartner, Partner, Series

SHOWN = 50


@dataclass(frozen=True)
class PartnerLine:
    """A course and the partner's part in it: 共催, 協力."""

    course: Course
    relations: str
    is_coming: bool


def partner_context(partner: Partner, *, at: datetime) -> dict[str, Any]:
    lines = partner_lines(partner, at=at)
    return {
        "partner": partner,
        "lines": lines,
        "coming": [line for line in lines if line.is_coming],
        "past": [line for line in lines if not line.is_coming][:SHOWN],
        "series": Series.objects.filter(partners=partner, page__live=True),
    }


def partner_lines(partner: Partner, *, at: datetime) -> list[PartnerLine]:
    """Public courses, those to come first and then the newest."""
    public = Course.objects.public().filter(partnerships__partner=partner).distinct()
    relations: dict[int, list[str]] = defaultdict(list)
    for one in CoursePartner.objects.filter(partner=partner):
        relations[one.course_id].append(str(one.get_relation_display()))
    coming = joinable_first(public, at=at)
    courses = {course.pk: course for course in public.order_by("-published_at", "-pk")}
    order = [*coming, *(key for key in courses if key not in set(coming))]
    return [
        PartnerLine(courses[key], "・".join(relations[key]), key in set(coming))
        for key in order
    ]
