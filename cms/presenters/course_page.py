"""What a course page shows: the run that matters now, and the others."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from cms.presenters.around_course import (
    last_held,
    related_lines,
    show_barrier_free,
    swap_sentence,
    wait_for,
)
from cms.presenters.calendars import calendar_of
from cms.presenters.linked_data import linked_data
from cms.presenters.run_view import RunView, run_view
from cms.presenters.social_card import card_path, card_words
from courses.domain.queries import main_run, with_facts
from courses.domain.wording import title_words
from courses.models import Course, CourseRun, Stage
from courses.models.localised import in_english
from enrollments.domain.advance_questions.reading import (
    published_questions,
    with_asked_before,
)
from enrollments.domain.held_again import wishes_of
from enrollments.domain.queries import with_waiting
from enrollments.domain.surveys.publishing import published_of, with_results
from enrollments.models import HeldAgainWish


def course_context(course: Course, *, at: datetime, intro: str = "") -> dict[str, Any]:
    """`intro` is what the page says of the course in one sentence."""
    runs = _announced(course)
    main = main_run(runs, at=at)
    others = [run_view(run, at=at) for run in runs if main is None or run.pk != main.pk]
    others.sort(key=_first_start, reverse=True)
    view = run_view(main, at=at) if main else None
    past = [other for other in others if other.is_over]
    about = _about(course)
    show_barrier_free([view, *others])
    card = card_words(course, main, colour=_colour(about["stages"]), at=at)
    image = settings.PUBLIC_URL + path if (path := card_path(course, card)) else ""
    return {
        "course": course,
        "title": title_words(course, english=in_english()),
        "view": view,
        "coming_runs": [other for other in reversed(others) if not other.is_over],
        "past_runs": past,
        "last_held": last_held([*([view] if view and view.is_over else []), *past]),
        "wait_for": wait_for(view),
        "survey_results": published_of(course) if _any(runs, "has_results") else [],
        "swap": swap_sentence(view, at=at),
        "asked_before": (
            published_questions(course) if _any(runs, "is_asked_before") else []
        ),
        **about,
        "related": related_lines(course, about, at=at),
        "social_image": image,
        "linked_data": linked_data(
            course, [view, *others], about, image=image, description=intro
        ),
        "feed": calendar_of(course),
    }


def _announced(course: Course) -> list[CourseRun]:
    """With what a page shows of each; what few have is asked for where there is some."""
    announced = with_waiting(CourseRun.objects.announced().filter(course=course))
    asked = ("requirements__completed_course", "support_offers")
    found = with_results(with_asked_before(with_facts(announced)))
    runs = list(found.prefetch_related(*asked))
    for run in runs:
        run.course = course  # is loaded, and asked for by every run's calendar
    return runs


def _any(runs: list[CourseRun], named: str) -> bool:
    return any(getattr(run, named) for run in runs)


def own_wish(course: Course, request: HttpRequest) -> HeldAgainWish | None:
    """Of somebody who is signed in and has asked to be told already."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    return wishes_of(user).filter(course=course, confirmed_at__isnull=False).first()


def _about(course: Course) -> dict[str, Any]:
    """The lasting facts, each list read once however often it is shown."""
    return {
        "instructors": list(course.instructors.public()),
        "partnerships": list(course.partnerships.select_related("partner")),
        "stages": list(course.stages.all()),
        "themes": list(course.themes.all()),
        "audiences": list(course.audiences.all()),
        "series_units": list(course.units.select_related("series")),
    }


def _colour(stages: list[Stage]) -> str:
    return stages[0].colour if stages else ""


def _first_start(view: RunView) -> tuple[datetime, str]:
    starts = [session.starts_at for session in view.sessions]
    return min(starts, default=view.run.created_at), view.run.code
