"""An audience with places of its own may have a window of its own; without one it is the
run's, which is the residents' (ADR 37)."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal
from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.changes import LANGUAGE, record_difference
from courses.domain.fiscal_year import TOKYO
from courses.domain.locking import lock_run
from courses.domain.reception import RunFacts
from courses.domain.run_plan import WindowOutOfOrder
from courses.domain.wording import moment_words
from courses.enums import PoolKind
from courses.models import CourseRun, WayIn
from courses.models.way_in import OTHER_AUDIENCES


class NoSuchPlaces(Refusal):
    sentence = _("この開催には、その枠がありません。先に「開催を編集」で枠をつくります。")


class NobodyComesIn(Refusal):
    sentence = _("本人の申込みか課の推薦の、どちらかを受け付けてください。")


YES_OR_NO = ("takes_own", "needs_approval", "takes_nominations")


@dataclass(frozen=True)
class WayPlan:
    """What an officer says of an audience's way in; a moment that is none is the run's.
    Only staff are named by their section, or need its head's approval."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None
    takes_own: bool = True
    needs_approval: bool = False
    takes_nominations: bool = False


def way_of(run: CourseRun, kind: PoolKind | str | None) -> WayIn | None:
    """From a run with its ways loaded; else one query."""
    if kind not in OTHER_AUDIENCES:
        return None
    return next((way for way in run.ways_in.all() if way.kind == kind), None)


def facts_for(run: CourseRun, facts: RunFacts, kind: PoolKind | str | None) -> RunFacts:
    """The run's facts as they are for the audience of these places."""
    way = way_of(run, kind)
    if way is None:
        return facts
    return replace(
        facts,
        opens_at=way.opens_at or facts.opens_at,
        closes_at=way.closes_at or facts.closes_at,
        has_places=True,
    )


def set_way_in(
    *, run: CourseRun, kind: PoolKind, plan: WayPlan, by: User, at: datetime
) -> WayIn:
    """Written down among the changes of the run.

    Raises: NotAllowed, NoSuchPlaces, NobodyComesIn, WindowOutOfOrder.
    """
    with transaction.atomic():
        fresh = lock_run(run.pk)
        require_section(by, fresh.course.department)
        if kind not in OTHER_AUDIENCES or not fresh.pools.filter(kind=kind).exists():
            raise NoSuchPlaces
        if not plan.takes_own and not plan.takes_nominations:
            raise NobodyComesIn
        opens = plan.opens_at or fresh.applications_open_at
        closes = plan.closes_at or fresh.applications_close_at
        if opens and closes and closes <= opens:
            raise WindowOutOfOrder
        former = fresh.ways_in.filter(kind=kind).first()
        way = former or WayIn(run=fresh, kind=kind)
        before = way_words(way, at=at)
        for name, value in vars(plan).items():
            setattr(way, name, value)
        way.save()
        after = way_words(way, at=at)
        record_difference(subject=fresh, before=before, after=after, by=by, at=at)
    return way


def way_words(way: WayIn, *, at: datetime) -> dict[str, str]:
    """For the record of changes."""
    today = at.astimezone(TOKYO).date()
    with translation.override(LANGUAGE):
        pool = {"pool": way.get_kind_display()}
        moments = {
            gettext("受付開始（%(pool)s）") % pool: way.opens_at,
            gettext("受付締切（%(pool)s）") % pool: way.closes_at,
        }
        words = {
            name: moment_words(moment, today=today) if moment else ""
            for name, moment in moments.items()
        }
        for name in YES_OR_NO if way.kind == PoolKind.STAFF else ():
            field: Any = WayIn._meta.get_field(name)
            words[str(field.verbose_name)] = (
                gettext("はい") if getattr(way, name) else gettext("いいえ")
            )
    return words
