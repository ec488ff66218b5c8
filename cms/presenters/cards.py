"""What a course card says, ready for the template; no query is made per card."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.presenters.covers import Cover, covers_of
from cms.presenters.prose import prose_of
from cms.search.marking import Marker
from cms.templatetags.manabiba import home_url, session_when
from courses.domain.plain_reading import read_plain
from courses.domain.plain_runs import PlainRun, PlainSession
from courses.domain.queries import (
    main_run,
    next_session,
    to_come,
    worth_a_card,
)
from courses.domain.reception import (
    facts_of,
    places_words,
    public_words,
    reception_status,
)
from courses.domain.wording import moment_words, title_words, until_words, yen_words
from courses.enums import CapacityUnit, CourseKind, Delivery, ReceptionStatus
from courses.models import Course, CourseRun, Session, Stage
from courses.models.localised import in_english
from enrollments.domain.queries import count_waiting

AnyRun: TypeAlias = CourseRun | PlainRun


class StageChip(NamedTuple):
    label: str
    colour: str


@dataclass(frozen=True)
class CourseCard:
    """All that is said on it, so that equal cards look the same."""

    url: str
    title: str
    kind_label: str
    status: str
    status_label: str
    next_session_text: str
    session_count: int
    place: str
    stages: tuple[StageChip, ...]
    places_text: str
    deadline_text: str
    fee_text: str
    cover: Cover | None
    # Where the card is found by words: with <mark> around what was found.
    marked_title: str = ""
    excerpt: str = ""
    # In answer to a search: the session that fits, and how far it is.
    fitting_text: str = ""
    near_text: str = ""


def cards_for(
    keys: Sequence[int], *, at: datetime, all_to_come: bool = False
) -> list[CourseCard]:
    """Cards of the courses with these primary keys, in their order. Where something is
    to come in all of them, no past run has to be looked for."""
    offered = to_come(at) if all_to_come else worth_a_card(at)
    runs = read_plain(offered.filter(course__in=keys)) if keys else []
    return list(cards_by_course(keys, runs, at=at).values())


def cards_by_course(
    keys: Sequence[int],
    runs: Collection[PlainRun],
    *,
    at: datetime,
    marker: Marker | None = None,
) -> dict[int, CourseCard]:
    """Cards that speak of these runs only, in the order of the keys."""
    if not keys:
        return {}
    courses = Course.objects.filter(pk__in=keys).prefetch_related("stages").in_bulk()
    covers, own = covers_of(keys), _by_course(runs)
    cards = {
        key: _card(
            courses[key],
            own.get(key, []),
            stages=list(courses[key].stages.all()),
            cover=covers.get(key),
            at=at,
        )
        for key in keys
        if key in courses
    }
    return _marked(cards, marker) if marker else cards


def lines_for(courses: Iterable[Course], *, at: datetime) -> dict[int, CourseCard]:
    """Cards of courses that were read already, without stages and pictures."""
    wanted = {course.pk: course for course in courses}
    runs = read_plain(worth_a_card(at).filter(course__in=wanted)) if wanted else []
    own = _by_course(runs)
    return {pk: _card(course, own.get(pk, []), at=at) for pk, course in wanted.items()}


def _by_course(runs: Collection[PlainRun]) -> dict[int, list[PlainRun]]:
    """With those counted who wait."""
    count_waiting(runs)
    of_course: dict[int, list[PlainRun]] = {}
    for run in runs:
        of_course.setdefault(run.course_id, []).append(run)
    return of_course


def _marked(cards: dict[int, CourseCard], marker: Marker) -> dict[int, CourseCard]:
    prose = prose_of(list(cards))
    return {
        key: replace(
            card,
            marked_title=marker.mark(card.title),
            excerpt=marker.excerpt(prose.get(key, []), beside=card.title),
        )
        for key, card in cards.items()
    }


def _card(
    course: Course,
    runs: Sequence[PlainRun],
    *,
    at: datetime,
    stages: Sequence[Stage] = (),
    cover: Cover | None = None,
) -> CourseCard:
    run = main_run(runs, at=at)
    about_run = _words_of_run(run, at) if run else _words_without_run()
    return CourseCard(
        url=f"{home_url()}{course.address}",
        title=title_words(course, english=in_english()),
        kind_label=str(CourseKind(course.kind).label),
        stages=tuple(StageChip(stage.label, stage.colour) for stage in stages),
        cover=cover,
        **about_run,
    )


def _words_of_run(run: PlainRun, at: datetime) -> dict[str, Any]:
    facts = facts_of(run, at=at)
    status = reception_status(facts, at=at)
    session = next_session(run, at=at)
    if session:
        when = session_when(session)
    else:
        when = "" if run.sessions.all() else _("日程は決まりしだいお知らせします。")
    return {
        "status": status,
        "status_label": public_words(facts, status),
        "next_session_text": when,
        # Of sessions to choose from nobody comes to more than one.
        "session_count": 1 if run.chooses_session else len(run.sessions.all()),
        "place": place_words(run, session),
        "places_text": places_words(facts, status, CapacityUnit(run.capacity_unit)),
        "deadline_text": deadline_words(run, status),
        "fee_text": fee_words(run),
    }


def _words_without_run() -> dict[str, Any]:
    return {
        "status": ReceptionStatus.NOT_YET,
        "status_label": _("日程調整中"),
        "next_session_text": "",
        "session_count": 0,
        "place": "",
        "places_text": "",
        "deadline_text": "",
        "fee_text": "",
    }


def place_words(run: AnyRun, session: Session | PlainSession | None) -> str:
    """Where a session loaded with its place is held, with the part of town."""
    if run.delivery == Delivery.ONLINE:
        return str(Delivery.ONLINE.label)
    place, area = "", ""
    if session:
        place, area = _place_of(session)
    elif run.venue:
        place, area = run.venue.name, run.venue.area
    return f"{place}（{area}）" if place and area else place


def _place_of(session: Any) -> tuple[str, str]:
    """From the words that `with_place` adds; none where no place is known."""
    words = (session.venue_name or "", session.room_name)
    return " ".join(word for word in words if word), session.area or ""


def deadline_words(run: AnyRun, status: str) -> str:
    today, english = timezone.localdate(), in_english()
    opens, closes = run.applications_open_at, run.applications_close_at
    if status == ReceptionStatus.NOT_YET and opens:
        when = moment_words(opens, today=today, english=english)
        return _("受付開始 %(when)s") % {"when": when}
    if status in (ReceptionStatus.OPEN, ReceptionStatus.WAITING_LIST) and closes:
        when = until_words(closes, today=today, english=english)
        return _("締切 %(when)s") % {"when": when}
    return ""


def fee_words(run: AnyRun) -> str:
    """What it costs; where only a note says so, 「無料」 would be a guess."""
    if run.fee:
        return yen_words(run.fee, english=in_english())
    return "" if run.fee_note else _("無料")
