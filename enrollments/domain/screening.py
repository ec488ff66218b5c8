"""選考: the section notes what it thinks of each application, and decides on all at once.
The notes stay in the section; what the applicant is told is a sentence of its own."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from accounts.domain.contact import tidy_text
from accounts.domain.refusal import Refusal
from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.locking import lock_run
from courses.domain.refusals import ChangedMeanwhile
from courses.enums import RunState, SelectionMode
from courses.models import CourseRun, Session
from enrollments.domain.drawing.announcing import require_time_for_results
from enrollments.domain.drawing.refusals import StillOpen
from enrollments.domain.moving_together import Move, move_together
from enrollments.domain.refusals import MoveNotAllowed, RunNotHeld
from enrollments.enums import ApplicationState as State
from enrollments.enums import ScreeningVerdict as Verdict
from enrollments.models import Application, ScreeningNote

STATES = {
    Verdict.ACCEPT: State.ACCEPTED,
    Verdict.WAIT: State.WAITING,
    Verdict.REFUSE: State.LOST,
}
# What the trace says, and what the person may be told.
BY_SCREENING = "選考の結果"


class NothingNoted(Refusal):
    sentence = _("判断か所見を入力してください。")


class StillUndecided(Refusal):
    sentence = _("判断が決まっていない申込みがあります。全員の判断を入力してください。")


class MoreThanPlaces(Refusal):
    sentence = _("受講決定が定員を超えています。判断を見直してください。")


class NoWaitingList(Refusal):
    sentence = _(
        "この開催にはキャンセル待ちがありません。受講決定か落選をえらんでください。"
    )


class NobodyToScreen(Refusal):
    sentence = _("選考を待つ申込みがありません。")


@dataclass(frozen=True)
class ScreeningPlan:
    """What deciding now would do. `over` are the pools with more people than places;
    `seen` changes with any verdict, so that nobody decides on what was not shown."""

    accepted: int
    waiting: int
    refused: int
    undecided: int
    by_mail: int
    by_hand: int
    over: list[str]
    seen: str

    @property
    def is_complete(self) -> bool:
        return not self.undecided and not self.over


def note_verdict(
    *,
    application: Application,
    verdict: Verdict | None,
    note: str,
    by: User,
    at: datetime,
) -> ScreeningNote:
    """One member's view, beside the earlier ones; the last verdict counts.

    Raises: NotAllowed, NothingNoted, NoWaitingList, MoveNotAllowed (already decided).
    """
    words = note.strip()
    if verdict is None and not words:
        raise NothingNoted
    with transaction.atomic():
        run = lock_run(application.run_id)
        require_section(by, run.course.department)
        fresh = Application.objects.get(pk=application.pk)
        if fresh.state != State.AWAITING_SCREENING:
            raise MoveNotAllowed
        if verdict == Verdict.WAIT and not run.waiting_list:
            raise NoWaitingList
        return ScreeningNote.objects.create(
            application=fresh, verdict=verdict or "", note=words, at=at, by=by
        )


def verdict_of(application: Application) -> Verdict | None:
    """The last one noted, from notes that were loaded beforehand."""
    given = [note.verdict for note in application.screening_notes.all() if note.verdict]
    return Verdict(given[-1]) if given else None


def to_be_screened(run: CourseRun) -> list[Application]:
    """With what the section judges by, in order of receipt; a fixed number of queries."""
    found = Application.objects.filter(run=run, state=State.AWAITING_SCREENING)
    notes = ScreeningNote.objects.select_related("by").order_by("at", "pk")
    return list(
        found.select_related("pool")
        .prefetch_related(
            "participants",
            "answers__question",
            Prefetch("screening_notes", queryset=notes),
        )
        .order_by("received_at", "tie")
    )


def screening_plan(run: CourseRun) -> ScreeningPlan:
    return _plan(run, to_be_screened(run))


def decide(
    *, run: CourseRun, seen: str, told: str = "", by: User, at: datetime
) -> ScreeningPlan:
    """Everybody at once; `told` is the sentence for those who get no place.

    Raises: NotAllowed, RunNotHeld, StillOpen, ResultsComeLater, NobodyToScreen,
    ChangedMeanwhile, StillUndecided, MoreThanPlaces.
    """
    with transaction.atomic():
        locked = lock_run(run.pk)
        require_section(by, locked.course.department)
        sessions = Session.objects.select_related("venue", "room__venue")
        prefetch_related_objects([locked], "pools", Prefetch("sessions", sessions))
        _require_time(locked, at)
        found = to_be_screened(locked)
        plan = _plan(locked, found)
        _require_decidable(found, plan, seen)
        sentence = tidy_text(told)
        moves = [_move(one, locked, sentence) for one in found]
        move_together(moves=moves, by=by, at=at)
    return plan


def _require_time(run: CourseRun, at: datetime) -> None:
    if run.state != RunState.ANNOUNCED or run.selection_mode != SelectionMode.SCREENING:
        raise RunNotHeld
    if run.applications_close_at is None or at < run.applications_close_at:
        raise StillOpen
    require_time_for_results(run, at=at)


def _require_decidable(
    found: Iterable[Application], plan: ScreeningPlan, seen: str
) -> None:
    if not found:
        raise NobodyToScreen
    if plan.seen != seen:
        raise ChangedMeanwhile
    if plan.undecided:
        raise StillUndecided
    if plan.over:
        raise MoreThanPlaces


def _move(application: Application, run: CourseRun, sentence: str) -> Move:
    verdict = verdict_of(application)
    if verdict is None:
        raise StillUndecided
    application.run = run
    refused = verdict == Verdict.REFUSE
    why = f"{BY_SCREENING}：{sentence}" if refused and sentence else BY_SCREENING
    return Move(
        application=application,
        to=STATES[verdict],
        why=why[:200],
        tell=not refused or run.tells_losers,
    )


def _plan(run: CourseRun, found: list[Application]) -> ScreeningPlan:
    verdicts = {one.pk: verdict_of(one) for one in found}
    counts = Counter(verdicts.values())
    wanted: Counter[int] = Counter()
    for one in found:
        if verdicts[one.pk] == Verdict.ACCEPT:
            wanted[one.pool_id] += one.seats
    over = [
        str(pool.get_kind_display())
        for pool in run.pools.all()
        if pool.seats_left is not None and wanted[pool.pk] > pool.seats_left
    ]
    silent = {None} if run.tells_losers else {None, Verdict.REFUSE}
    told = [one for one in found if verdicts[one.pk] not in silent]
    by_mail = sum(1 for one in told if one.email)
    text = repr(sorted((pk, str(verdict)) for pk, verdict in verdicts.items()))
    return ScreeningPlan(
        accepted=counts[Verdict.ACCEPT],
        waiting=counts[Verdict.WAIT],
        refused=counts[Verdict.REFUSE],
        undecided=counts[None],
        by_mail=by_mail,
        by_hand=len(told) - by_mail,
        over=over,
        seen=hashlib.sha256(text.encode()).hexdigest()[:32],
    )
