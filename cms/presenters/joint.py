"""What a joint session shows beside a course: the places of both audiences, each with its
own way in, and what was found together."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.models import JointSessionPage
from cms.presenters.cards import cards_for
from cms.presenters.run_view import RunView
from courses.domain.ordering import joinable_first
from courses.domain.reception import capacity_words
from courses.domain.ways_in import way_of
from courses.domain.wording import moment_words, until_words
from courses.enums import CapacityUnit, CourseKind, PoolKind
from courses.models import Course, CourseRun, Session, Theme
from courses.models.localised import in_english
from enrollments.domain.shared_findings.reading import published, told
from enrollments.models import SharedFindings

FINDINGS_SHOWN = 12
SHOWN = 24


@dataclass(frozen=True)
class AudiencePlaces:
    """One audience's places as a fact; `how` is how one of them comes in, `window` when,
    where that is another time than the residents'."""

    label: str
    capacity: str
    how: str
    window: str


def audience_places(
    page: JointSessionPage, view: RunView | None, *, at: datetime
) -> list[AudiencePlaces]:
    """Citizens before staff; empty where the run does not tell them apart."""
    if view is None:
        return []
    unit = CapacityUnit(view.run.capacity_unit)
    pools = {pool.kind: pool for pool in view.run.pools.all()}
    ways = {
        PoolKind.CITIZENS: _("このページか、お電話、窓口で申し込みます。"),
        PoolKind.STAFF: page.staff_way_in
        or _("所属する課を通して、担当課に申し込みます。"),
    }
    return [
        AudiencePlaces(
            label=str(kind.label),
            capacity=capacity_words(pools[kind].capacity, unit),
            how=how,
            window=_window(view.run, kind, at),
        )
        for kind, how in ways.items()
        if kind in pools
    ]


def _window(run: CourseRun, kind: PoolKind, at: datetime) -> str:
    way = way_of(run, kind)
    if way is None:
        return ""
    english, today = in_english(), timezone.localdate(at)
    opens = way.opens_at and moment_words(way.opens_at, today=today, english=english)
    closes = way.closes_at and until_words(way.closes_at, today=today, english=english)
    if opens and closes:
        words = {"opens": opens, "closes": closes}
        return _("受付は%(opens)sから%(closes)sまで") % words
    if opens:
        return _("受付は%(opens)sから") % {"opens": opens}
    return _("受付は%(closes)sまで") % {"closes": closes} if closes else ""


def joint_index_context(*, at: datetime, theme: str = "", area: str = "") -> dict[str, Any]:
    """`theme` (key) and `area` narrow what was found."""
    joint = Course.objects.public().filter(kind=CourseKind.JOINT_SESSION)
    keys = joinable_first(joint, at=at)[:SHOWN]
    return {
        "cards": cards_for(keys, at=at, all_to_come=True),
        "told": told(_found(theme, area), most=FINDINGS_SHOWN),
        "themes": Theme.objects.filter(courses__in=_told_courses()).distinct(),
        "areas": _areas(),
        "theme": theme,
        "area": area,
    }


def _found(theme: str, area: str) -> QuerySet[SharedFindings]:
    found = published().filter(course__in=Course.objects.public())
    if theme:
        found = found.filter(course__themes__key=theme)
    if area:
        found = found.filter(session__in=_sessions_in(area))
    return found


def _sessions_in(area: str) -> QuerySet[Session]:
    """By the venue of the session, else by that of its run."""
    own, of_run = Q(venue__area=area), Q(venue=None, run__venue__area=area)
    return Session.objects.filter(own | of_run)


def _told_courses() -> QuerySet[Course]:
    return Course.objects.public().filter(shared_findings__published__isnull=False)


def _areas() -> list[str]:
    told_in = Session.objects.filter(shared_findings__published__isnull=False)
    pairs = told_in.values_list("venue__area", "run__venue__area").distinct()
    return sorted({own or of_run for own, of_run in pairs} - {None, ""})
