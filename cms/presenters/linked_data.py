"""A course for machines: what its page says, as a block of JSON-LD."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from cms.presenters.run_view import RunView
from cms.templatetags.manabiba import home_url
from courses.domain.wording import title_words
from courses.enums import PartnerRelation
from courses.exchange.schema_org import (
    CourseWords,
    OfferedRun,
    Site,
    course_document,
    written,
)
from courses.models import Course
from courses.models.localised import in_english

ORGANISING = {
    PartnerRelation.ORGANISER,
    PartnerRelation.CO_ORGANISER,
    PartnerRelation.COMMITTEE,
}


def linked_data(
    course: Course,
    views: Sequence[RunView | None],
    about: dict[str, Any],
    *,
    image: str,
    description: str,
) -> SafeString:
    """Of the runs that are to come, or of the last one where none is."""
    shown = [view for view in views if view is not None]
    runs = [view for view in shown if not view.is_over] or shown[:1]
    words = CourseWords(
        title=title_words(course, english=in_english()),
        url=f"{settings.PUBLIC_URL}{home_url()}{quote(course.address)}",
        language="en" if in_english() else "ja",
        department=course.department.name,
        description=description or course.summary,
        image=image,
        themes=[theme.label for theme in about["themes"]],
        audiences=[audience.label for audience in about["audiences"]],
        organisers=[
            partnership.partner.name
            for partnership in about["partnerships"]
            if partnership.relation in ORGANISING
        ],
        people=[person.full_name for person in about["instructors"]],
    )
    site = Site(settings.CITY_NAME, settings.SITE_NAME, settings.PUBLIC_URL)
    document = course_document(
        words, [OfferedRun(view.run, view.status) for view in runs], site
    )
    # `written` leaves no sign in it that could end the script or begin another.
    return mark_safe(written(document))  # noqa: S308
