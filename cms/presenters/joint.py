"""What a joint session shows beside a course: the places of both audiences, each with its
own way in, and what was found together."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

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
from courses.models import Course, CourseRun
from courses.models.localised import in_english

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


def joint_index_context(*, at: datetime) -> dict[str, Any]:
    joint = Course.objects.public().filter(kind=CourseKind.JOINT_SESSION)
    keys = joinable_first(joint, at=at)[:SHOWN]
    return {
        "cards": cards_for(keys, at=at, all_to_come=True),
        "found_pages": pages_with_findings(),
    }


def pages_with_findings() -> list[JointSessionPage]:
    """Those that have told what was shared, latest told first."""
    pages = JointSessionPage.objects.live().exclude(findings="[]")
    told = pages.select_related("course").order_by("-last_published_at", "-pk")
    return [page for page in told[:FINDINGS_SHOWN] if page.findings]
