"""What a course page shows: the run that matters now, and the others."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.presenters.cards import deadline_words, fee_words
from courses.domain.queries import main_run, next_session, with_facts
from courses.domain.reception import (
    RunFacts,
    capacity_words,
    facts_of,
    places_words,
    public_words,
    reception_status,
)
from courses.enums import CapacityUnit, ReceptionStatus, SelectionMode
from courses.models import Course, CourseRun, Session
from enrollments.domain.queries import with_waiting

HOW_GIVEN: dict[str, str | Promise] = {
    SelectionMode.OPEN: gettext_lazy("申込みは不要です。当日、直接会場へお越しください。"),
    SelectionMode.FIRST_COME: gettext_lazy(
        "申込みの順に受け付け、定員になりしだい締め切ります。"
    ),
    SelectionMode.LOTTERY_IF_OVER: gettext_lazy("定員を超えた場合は抽選で決めます。"),
    SelectionMode.LOTTERY: gettext_lazy("締切のあと、抽選で決めます。"),
    SelectionMode.SCREENING: gettext_lazy("締切のあと、選考で決めます。"),
}


@dataclass(frozen=True)
class RunView:
    """One run in the words of the page."""

    run: CourseRun
    facts: RunFacts
    status: ReceptionStatus
    status_label: str
    next_session: Session | None
    sessions: list[Session]
    places: str
    capacity: str
    deadline: str
    fee: str
    how_given: str
    action: str

    @property
    def is_over(self) -> bool:
        return self.status == ReceptionStatus.ENDED


def run_view(run: CourseRun, *, at: datetime) -> RunView:
    """From a run loaded with its facts."""
    facts = facts_of(run)
    status = reception_status(facts, at=at)
    unit = CapacityUnit(run.capacity_unit)
    return RunView(
        run=run,
        facts=facts,
        status=status,
        status_label=public_words(status),
        next_session=next_session(run, at=at),
        sessions=list(run.sessions.all()),
        places=places_words(facts, status, unit),
        capacity=run.capacity_note or capacity_words(facts.capacity, unit),
        deadline=deadline_words(run, status),
        fee=fee_words(run),
        how_given=str(HOW_GIVEN[run.selection_mode]),
        action=_action(status),
    )


def _action(status: ReceptionStatus) -> str:
    """The one thing to do, none when there is nothing."""
    if status == ReceptionStatus.OPEN:
        return _("申し込む")
    if status == ReceptionStatus.WAITING_LIST:
        return _("キャンセル待ちに申し込む")
    return ""


def course_context(course: Course, *, at: datetime) -> dict[str, Any]:
    runs = list(
        with_facts(with_waiting(CourseRun.objects.announced().filter(course=course)))
    )
    main = main_run(runs, at=at)
    others = [run_view(run, at=at) for run in runs if main is None or run.pk != main.pk]
    others.sort(key=_first_start, reverse=True)
    feed = f"{settings.PUBLIC_URL}/courses/{course.slug}/calendar.ics"
    return {
        "course": course,
        "view": run_view(main, at=at) if main else None,
        "coming_runs": [view for view in reversed(others) if not view.is_over],
        "past_runs": [view for view in others if view.is_over],
        "instructors": course.instructors.filter(consents_to_publish=True),
        "partnerships": course.partnerships.select_related("partner"),
        "stages": course.stages.all(),
        "themes": course.themes.all(),
        "series_units": course.units.select_related("series"),
        "feed": feed_links(feed),
    }


def _first_start(view: RunView) -> tuple[datetime, str]:
    starts = [session.starts_at for session in view.sessions]
    return min(starts, default=view.run.created_at), view.run.code


def feed_links(https_url: str) -> dict[str, str]:
    """The ways in which calendars take a subscription."""
    webcal = "webcal://" + https_url.split("://", 1)[1]
    quoted, name = quote(https_url, safe=""), quote(settings.SITE_NAME)
    return {
        "https": https_url,
        "webcal": webcal,
        "google": f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
        "outlook": f"https://outlook.live.com/calendar/0/addfromweb?url={quoted}&name={name}",
    }
