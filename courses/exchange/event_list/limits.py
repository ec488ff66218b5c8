"""How long a text may be: as long as the column that takes it."""

from functools import cache
from typing import cast

from django.db.models import CharField

from courses.models import Course, CourseRun, Room, Session, Venue

_COLUMNS = {
    "title": (Course, "title"),
    "title_kana": (Course, "title_kana"),
    "title_en": (Course, "title_en"),
    "summary": (Course, "summary"),
    "session_title": (Session, "title"),
    "time_note": (Session, "time_note"),
    "venue": (Venue, "name"),
    "room": (Room, "name"),
    "address": (Venue, "address"),
    "label": (CourseRun, "label"),
    "audience": (CourseRun, "audience"),
    "capacity_note": (CourseRun, "capacity_note"),
    "fee_note": (CourseRun, "fee_note"),
    "bring": (CourseRun, "bring"),
    "contact_name": (CourseRun, "contact_name"),
    "contact_phone": (CourseRun, "contact_phone"),
    "contact_email": (CourseRun, "contact_email"),
    "source_url": (CourseRun, "source_url"),
}


@cache
def limit_of(name: str) -> int:
    model, column = _COLUMNS[name]
    return cast(CharField[str, str], model._meta.get_field(column)).max_length or 0
