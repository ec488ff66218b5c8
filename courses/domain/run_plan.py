"""What an officer says of one offering has to fit together before it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal
from courses.domain.fiscal_year import TOKYO
from courses.domain.questions import QuestionPlan
from courses.domain.requirements import RequirementPlan
from courses.domain.support_offers import SupportPlan, facets_of
from courses.enums import (
    CapacityUnit,
    Delivery,
    PaperRule,
    PoolKind,
    SelectionMode,
    WaitingPolicy,
)
from courses.models import CourseRun, Venue

DRAWN = (SelectionMode.LOTTERY, SelectionMode.LOTTERY_IF_OVER)
# Not a column of the run: kept in rows of their own, or said by its state.
APART = frozenset({"places", "announced", "requirements", "questions", "support"})


class NeedsWindow(Refusal):
    sentence = _("申込みを受け付ける開催には、申込締切を入力してください。")


class WindowOutOfOrder(Refusal):
    sentence = _("申込締切は申込開始より後にしてください。")


class ImplausiblePlan(Refusal):
    """One fact does not go with another; `about` names the one to look at."""

    about = ""


class PaperBeforeOpening(ImplausiblePlan):
    about = "paper_deadline"
    sentence = _("はがきなどの締切日は、申込開始の日より後にしてください。")


class ResultsBeforeClosing(ImplausiblePlan):
    about = "results_at"
    sentence = _("結果を知らせる日時は、申込締切より後にしてください。")


class ResultsAfterStart(ImplausiblePlan):
    about = "results_at"
    sentence = _("結果を知らせる日時は、はじめの回より前にしてください。")


class TiersNeedDraw(ImplausiblePlan):
    about = "draw_tiers"
    sentence = _("抽選の優先は、決め方が抽選のときだけえらべます。")


class CompletesInTwoWays(ImplausiblePlan):
    about = "completion_percent"
    sentence = _("修了の条件は、回数か割合のどちらか一つにしてください。")


class MinimumAboveCapacity(ImplausiblePlan):
    about = "minimum_to_hold"
    sentence = _("開催に必要な人数は、定員を超えないようにしてください。")


class DecidesWithoutMinimum(ImplausiblePlan):
    about = "minimum_to_hold"
    sentence = _("開催を決める日を入れるときは、開催に必要な人数も入れてください。")


class DecidesTooLate(ImplausiblePlan):
    about = "decide_on"
    sentence = _("開催を決める日は、はじめの回より前の日にしてください。")


class WithdrawsAfterEnd(ImplausiblePlan):
    about = "withdraw_until"
    sentence = _("取り消しの期限は、最後の回が終わる前にしてください。")


class SupportAfterStart(ImplausiblePlan):
    about = "support"
    sentence = _("保育・支援の希望の締切は、はじめの回より前にしてください。")


@dataclass(frozen=True)
class RunPlan:
    """What an officer says of one offering. Fees are whole yen. `places` is a capacity
    per pool, none where no number is set; where people choose a session, that of each
    session. A run that is not announced stays hidden while the course is public.
    Conditions, questions and offers of support are left as they are where none."""

    label: str = ""
    audience: str = ""
    selection_mode: SelectionMode = SelectionMode.FIRST_COME
    capacity_unit: CapacityUnit = CapacityUnit.PERSONS
    capacity_note: str = ""
    waiting_list: bool = True
    waiting_policy: WaitingPolicy = WaitingPolicy.ORDER
    offer_hours: int = 48
    immediate_days: int = 3
    max_participants: int = 1
    chooses_session: bool = False
    applications_open_at: datetime | None = None
    applications_close_at: datetime | None = None
    paper_deadline: date | None = None
    paper_rule: PaperRule = PaperRule.ARRIVAL
    withdraw_until: datetime | None = None
    minimum_to_hold: int | None = None
    decide_on: date | None = None
    results_at: datetime | None = None
    tells_losers: bool = True
    draw_tiers: Sequence[str] = field(default_factory=list)
    screening_criteria: str = ""
    reminder_days: int | None = 1
    asks_address: bool = False
    asks_terms: bool = False
    how_to_apply: str = ""
    delivery: Delivery = Delivery.VENUE
    venue: Venue | None = None
    fee: int = 0
    fee_note: str = ""
    bring: str = ""
    note: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    completion_sessions: int | None = None
    completion_percent: int | None = None
    counts_partly: bool = True
    gives_certificate: bool = True
    announced: bool = True
    places: Mapping[PoolKind, int | None] = field(
        default_factory=lambda: {PoolKind.GENERAL: None}
    )
    requirements: Sequence[RequirementPlan] | None = None
    questions: Sequence[QuestionPlan] | None = None
    support: Sequence[SupportPlan] | None = None

    def columns(self) -> dict[str, object]:
        """What is kept as it was said; the catalogue's facets follow the offers."""
        said = {name: value for name, value in vars(self).items() if name not in APART}
        said["draw_tiers"] = list(self.draw_tiers)
        return said if self.support is None else said | facets_of(self.support)

    def check(self, *, is_public: bool = True) -> None:
        """Without looking at the sessions. A draft may still wait for its deadline.

        Raises: NeedsWindow, WindowOutOfOrder, and those of its parts.
        """
        opens, closes = self.applications_open_at, self.applications_close_at
        takes = self.selection_mode != SelectionMode.OPEN
        if takes and closes is None and is_public and self.announced:
            raise NeedsWindow
        if opens is not None and closes is not None and closes <= opens:
            raise WindowOutOfOrder
        if self.paper_deadline and opens and self.paper_deadline < _day(opens):
            raise PaperBeforeOpening
        if self.results_at and closes and self.results_at <= closes:
            raise ResultsBeforeClosing
        if self.draw_tiers and self.selection_mode not in DRAWN:
            raise TiersNeedDraw
        if self.decide_on and self.minimum_to_hold is None:
            raise DecidesWithoutMinimum
        if self.completion_sessions and self.completion_percent:
            raise CompletesInTwoWays
        self._check_minimum()
        self._check_parts()

    def _check_minimum(self) -> None:
        numbers = list(self.places.values())
        if self.minimum_to_hold is None or self.chooses_session or not numbers:
            return
        if None not in numbers and self.minimum_to_hold > sum(n or 0 for n in numbers):
            raise MinimumAboveCapacity

    def _check_parts(self) -> None:
        for requirement in self.requirements or ():
            requirement.check()
        for question in self.questions or ():
            question.check()
        for offer in self.support or ():
            offer.check()


def require_dates_in_order(run: CourseRun) -> None:
    """What counts from the sessions, once they are as they will be.

    Raises: DecidesTooLate, WithdrawsAfterEnd, ResultsAfterStart, SupportAfterStart.
    """
    held = [session for session in run.sessions.all() if session.is_held]
    if not held:
        return
    first = min(session.starts_at for session in held)
    if run.decide_on and run.decide_on >= _day(first):
        raise DecidesTooLate
    if run.withdraw_until and run.withdraw_until > max(one.ends_at for one in held):
        raise WithdrawsAfterEnd
    if run.results_at and run.results_at >= first:
        raise ResultsAfterStart
    last = max(one.starts_at for one in held) if run.chooses_session else first
    if run.support_offers.filter(deadline__gt=last).exists():
        raise SupportAfterStart


def _day(moment: datetime) -> date:
    return moment.astimezone(TOKYO).date()
