"""What a course card says, ready for the template; no query is made per card."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.models import CoursePage
from cms.templatetags.manabiba import home_url, session_when
from courses.domain.queries import courses_with_facts, main_run, next_session
from courses.domain.reception import (
    facts_of,
    places_words,
    public_words,
    reception_status,
)
from courses.domain.wording import day_words, moment_words, yen_words
from courses.enums import CapacityUnit, ReceptionStatus
from courses.models import Course, CourseRun, Stage
from courses.models.localised import in_english
from courses.models.querysets import CourseQuerySet
from enrollments.domain.queries import with_waiting


@dataclass(frozen=True)
class CourseCard:
    url: str
    title: str
    kind_label: str
    status: str
    status_label: str
    next_session_text: str
    session_count: int
    place: str
    stages: list[Stage]
    places_text: str
    deadline_text: str
    fee_text: str
    cover: Any


def cards_for(courses: CourseQuerySet, *, at: datetime) -> list[CourseCard]:
    """Cards in the order of the courses given."""
    loaded = courses_with_facts(courses, with_waiting(CourseRun.objects.announced()))
    covers = {
        page.course_id: page.cover
        for page in CoursePage.objects.filter(course__in=loaded)
        .select_related("cover")
        .prefetch_related("cover__renditions")
        .only("course_id", "cover")
    }
    return [_card(course, covers.get(course.pk), at) for course in loaded]


def _card(course: Course, cover: Any, at: datetime) -> CourseCard:
    run = main_run(course.announced_runs, at=at)
    title = (in_english() and course.title_en) or course.title
    if run is None:
        status, facts = ReceptionStatus.NOT_YET, None
    else:
        facts = facts_of(run)
        status = reception_status(facts, at=at)
    return CourseCard(
        url=f"{home_url()}courses/{course.slug}/",
        title=title,
        kind_label=course.get_kind_display(),
        status=status,
        status_label=public_words(status) if run else _("日程調整中"),
        next_session_text=_next_words(run, at),
        session_count=len(run.sessions.all()) if run else 0,
        place=_place_words(run, at),
        stages=list(course.stages.all()),
        places_text=places_words(facts, status, CapacityUnit(run.capacity_unit))
        if run and facts
        else "",
        deadline_text=deadline_words(run, status) if run else "",
        fee_text=fee_words(run) if run else "",
        cover=cover,
    )


def _next_words(run: CourseRun | None, at: datetime) -> str:
    session = next_session(run, at=at) if run else None
    if session:
        return session_when(session)
    return _("日程は決まりしだいお知らせします。") if run and not run.sessions.all() else ""


def _place_words(run: CourseRun | None, at: datetime) -> str:
    if run is None:
        return ""
    if run.delivery == "online":
        return str(run.get_delivery_display())
    session = next_session(run, at=at)
    place = (session.place if session else "") or (str(run.venue) if run.venue else "")
    area = run.venue.area if run.venue else ""
    return f"{place}（{area}）" if place and area else place


def deadline_words(run: CourseRun, status: str) -> str:
    today, english = timezone.localdate(), in_english()
    if status == ReceptionStatus.NOT_YET and run.applications_open_at:
        opens = moment_words(run.applications_open_at, today=today, english=english)
        return _("受付開始 %(when)s") % {"when": opens}
    if status in (ReceptionStatus.OPEN, ReceptionStatus.WAITING_LIST):
        closes = day_words(run.applications_close_at, today=today, english=english)
        return _("締切 %(when)s") % {"when": closes}
    return ""


def fee_words(run: CourseRun) -> str:
    return yen_words(run.fee, english=in_english()) if run.fee else _("無料")
