"""From the frozen list to the announced result."""

import json
from datetime import date, timedelta

import pytest

from accounts.domain.refusal import NotAllowed
from courses.models import ChangeRecord, SeatPool
from enrollments.domain.audit import differences
from enrollments.domain.capacity import change_capacity
from enrollments.domain.drawing import refusals
from enrollments.domain.drawing.announcing import announce, settle_due, settle_without_draw
from enrollments.domain.drawing.freezing import freeze
from enrollments.domain.drawing.holding import hold
from enrollments.domain.drawing.taking_back import take_back
from enrollments.domain.drawing.trying_out import try_out
from enrollments.domain.leaving import withdraw
from enrollments.domain.waiting_list import position_of
from enrollments.enums import ApplicationState as State
from enrollments.enums import MessageKind
from enrollments.models import Application, Draw, Notification, Transition
from tests.enrollments.drawing.conftest import SECRET, SOURCE, VALUE, apply
from tests.factories import StaffProfileFactory

pytestmark = pytest.mark.django_db


def _freeze(run, by, at, **changed) -> Draw:
    wanted = {
        "secret": SECRET,
        "source": SOURCE,
        "source_on": date(2026, 12, 4),
        "by": by,
        "at": at,
    }
    return freeze(despite_same_names=True, run=run, **(wanted | changed))


def _states(run) -> list[str]:
    return list(run.applications.order_by("received_at").values_list("state", flat=True))


def test_list_shows_numbers_sizes_and_tiers_only(frozen, applications):
    record = json.loads(frozen.record)

    assert record["entries"] == [
        {"number": a.receipt_number, "pool": "general", "seats": a.seats, "tier": 0}
        for a in applications
    ]
    assert record["pools"] == [{"pool": "general", "seats": 4}]
    assert record["source"] == SOURCE
    assert record["source_on"] == "2026-12-04"
    assert record["run"] == "2026-0100"


def test_list_names_nobody(frozen, applications):
    for text in ("山田", "花子", "ヤマダ", "example.jp", str(applications[0].public_id)):
        assert text not in frozen.record


def test_secret_is_committed_to_and_not_in_the_record(frozen):
    record = json.loads(frozen.record)
    assert record["commitment"] == (
        "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd"
    )
    assert SECRET.hex() not in frozen.record


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"source": "株"}, refusals.SourceMissing),
        ({"source_on": date(2026, 12, 2)}, refusals.SourceNotInFuture),
        ({"source_on": date(2026, 12, 1)}, refusals.SourceNotInFuture),
    ],
)
def test_source_is_named_and_not_yet_known(
    run, applications, officer, closed, changed, refusal
):
    with pytest.raises(refusal):
        _freeze(run, officer, closed, **changed)
    assert not Draw.objects.exists()


def test_nothing_is_frozen_while_people_can_apply(run, applications, officer):
    with pytest.raises(refusals.StillOpen):
        _freeze(run, officer, run.applications_close_at - timedelta(seconds=1))
    assert _freeze(run, officer, run.applications_close_at).state == "frozen"


def test_nothing_is_frozen_on_the_last_day_for_cards(run, applications, officer, closed):
    run.paper_deadline = closed.date()
    run.save()
    with pytest.raises(refusals.PaperStillComing):
        _freeze(run, officer, closed)
    assert _freeze(run, officer, closed + timedelta(hours=12)).state == "frozen"


def test_only_the_own_section_freezes_holds_and_announces(
    run, applications, closed, held, value_day
):
    stranger = StaffProfileFactory().user
    for act in (
        lambda: _freeze(run, stranger, closed),
        lambda: hold(draw=held, public_value=VALUE, by=stranger, at=value_day),
        lambda: announce(draw=held, by=stranger, at=value_day),
        lambda: take_back(draw=held, why="x", by=stranger, at=closed),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_nobody_freezes_twice(run, frozen, officer, closed):
    with pytest.raises(refusals.AlreadyFrozen):
        _freeze(run, officer, closed)


def test_late_card_is_refused_until_the_list_is_taken_back(
    run, frozen, officer, closed, now
):
    with pytest.raises(refusals.ListIsFrozen):
        apply(run, 9, at=now)

    take_back(draw=frozen, why="期限内に届いたはがきを加えるため", by=officer, at=closed)
    late = apply(run, 9, at=now)
    again = _freeze(run, officer, closed)

    assert late.state == State.AWAITING_DRAW
    assert late.receipt_number in again.record
    assert [d.state for d in run.draws.order_by("pk")] == ["taken_back", "frozen"]
    trace = ChangeRecord.objects.get(run=run)
    assert trace.fields == [
        [
            "抽選の名簿",
            frozen.fingerprint,
            "固定を取り消し（期限内に届いたはがきを加えるため）",
        ]
    ]


def test_list_is_not_taken_back_once_the_value_is_known(frozen, officer, value_day):
    with pytest.raises(refusals.TooLateToTakeBack):
        take_back(draw=frozen, why="やり直し", by=officer, at=value_day)


def test_list_is_not_taken_back_without_a_reason(frozen, officer, closed):
    with pytest.raises(refusals.WhyTakenBack):
        take_back(draw=frozen, why=" ", by=officer, at=closed)


def test_places_are_not_taken_away_from_a_frozen_draw(pool_of, frozen, officer, closed):
    with pytest.raises(refusals.CapacityIsFrozen):
        change_capacity(pool=pool_of, capacity=3, by=officer, at=closed)
    assert change_capacity(pool=pool_of, capacity=5, by=officer, at=closed).capacity == 5


@pytest.fixture
def pool_of(run) -> SeatPool:
    return run.pools.get()


def test_value_is_not_taken_before_its_day(frozen, officer, value_day):
    with pytest.raises(refusals.ValueNotKnownYet):
        hold(draw=frozen, public_value=VALUE, by=officer, at=value_day - timedelta(days=1))
    with pytest.raises(refusals.ValueMissing):
        hold(draw=frozen, public_value=" ", by=officer, at=value_day)


def test_holding_tells_nobody_and_moves_nobody(run, held):
    assert _states(run) == [State.AWAITING_DRAW] * 6
    kinds = set(Notification.objects.values_list("kind", flat=True))
    assert kinds == {MessageKind.RECEIVED}
    assert sorted(held.entries.values_list("rank", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_draw_is_held_once(held, officer, value_day):
    with pytest.raises(refusals.AlreadyHeld):
        hold(draw=held, public_value="other", by=officer, at=value_day)
    held.refresh_from_db()
    assert held.public_value == VALUE


def test_whoever_withdrew_keeps_the_rank_and_takes_no_place(
    run, frozen, applications, officer, value_day
):
    for application in applications[:4]:
        withdraw(application=application, by=None, at=value_day)

    held = hold(draw=frozen, public_value=VALUE, by=officer, at=value_day)

    result = json.loads(held.result)
    gone = sorted(a.receipt_number for a in applications[:4])
    assert result["withdrawn"] == gone
    outcomes = {e["number"]: e["outcome"] for e in result["entries"]}
    assert {n for n, outcome in outcomes.items() if outcome == "withdrawn"} == set(gone)
    assert sorted(outcomes.values()) == ["withdrawn"] * 4 + ["won"] * 2
    assert held.entries.exclude(rank=None).count() == 6


def test_announcing_moves_and_tells_everybody(run, held, officer, value_day):
    announce(draw=held, by=officer, at=value_day)

    won = held.entries.filter(outcome="won")
    waiting = held.entries.filter(outcome="waiting").order_by("line")
    assert {e.application.state for e in won} == {State.ACCEPTED}
    assert sum(e.seats for e in won) == run.pools.get().seats_taken == 4
    assert [position_of(e.application) for e in waiting] == [e.line for e in waiting]
    told = Notification.objects.exclude(kind=MessageKind.RECEIVED)
    assert sorted(told.values_list("kind", flat=True)) == sorted(
        ["accepted"] * won.count() + ["waiting"] * waiting.count()
    )
    first = won.get(rank=1)
    why = Transition.objects.get(application=first.application, to_state="accepted").why
    assert why == "抽選の順位 1番（4名まで）"
    assert differences() == []


def test_losers_are_told_as_the_run_says(run, held, officer, value_day):
    run.waiting_list = False
    run.tells_losers = False
    run.save()
    # The list was frozen with a waiting list, and so it stays.
    announce(draw=held, by=officer, at=value_day)
    assert State.LOST not in _states(run)


@pytest.mark.parametrize("tells", [True, False])
def test_without_a_waiting_list_the_others_have_lost(
    run, applications, officer, closed, value_day, tells
):
    run.waiting_list, run.tells_losers = False, tells
    run.save()
    draw = _freeze(run, officer, closed)
    hold(draw=draw, public_value=VALUE, by=officer, at=value_day)
    announce(draw=draw, by=officer, at=value_day)

    lost = Application.objects.filter(state=State.LOST)
    assert lost.count() == 6 - Application.objects.filter(state=State.ACCEPTED).count()
    assert lost.count() >= 2
    messages = Notification.objects.filter(kind=MessageKind.LOST)
    assert messages.count() == (lost.count() if tells else 0)
    assert differences() == []


def test_nobody_is_told_before_the_time(run, held, officer, value_day):
    run.results_at = value_day + timedelta(hours=1)
    run.save()
    with pytest.raises(refusals.ResultsComeLater):
        announce(draw=held, by=officer, at=value_day)
    assert settle_due(at=value_day) == 0
    assert _states(run) == [State.AWAITING_DRAW] * 6

    assert settle_due(at=run.results_at) == 1
    assert settle_due(at=run.results_at) == 0
    assert State.AWAITING_DRAW not in _states(run)


def test_nothing_is_announced_twice(held, officer, value_day):
    announce(draw=held, by=officer, at=value_day)
    told = Notification.objects.count()
    with pytest.raises(refusals.AlreadyAnnounced):
        announce(draw=held, by=officer, at=value_day)
    assert Notification.objects.count() == told


def test_place_of_a_winner_who_left_before_the_news_goes_down_the_line(
    run, held, officer, value_day
):
    winner = held.entries.filter(outcome="won", seats=1).first()
    withdraw(application=winner.application, by=None, at=value_day)

    announce(draw=held, by=officer, at=value_day)

    winner.application.refresh_from_db()
    assert winner.application.state == State.WITHDRAWN
    first = held.entries.get(line=1)
    if first.seats == 1:
        first.application.refresh_from_db()
        assert first.application.state in (State.ACCEPTED, State.OFFERED)
    assert differences() == []


def test_when_all_fit_everybody_is_accepted_without_a_draw(run, pool_of, closed):
    run.selection_mode = "lottery_if_over"
    run.save()
    people = [apply(run, n, at=run.applications_open_at) for n in range(4)]

    assert settle_due(at=run.applications_close_at) == 1
    assert settle_due(at=closed) == 0

    assert _states(run) == [State.ACCEPTED] * 4
    draw = run.draws.get()
    assert (draw.state, draw.source, draw.secret) == ("announced", "", "")
    assert Notification.objects.filter(kind=MessageKind.ACCEPTED).count() == 4
    last = people[0].transitions.last()
    assert last.why == "定員以内のため、抽選をせずに決定"
    assert differences() == []


def test_when_somebody_does_not_fit_the_worker_leaves_it_to_the_officer(
    run, applications, officer, closed
):
    run.selection_mode = "lottery_if_over"
    run.save()
    assert settle_due(at=closed) == 0
    with pytest.raises(refusals.DrawNeeded):
        settle_without_draw(run=run, by=officer, at=closed)
    assert not Draw.objects.exists()


def test_cards_may_still_be_under_way_when_the_postmark_counts(run, closed):
    run.selection_mode, run.paper_rule = "lottery_if_over", "postmark"
    run.paper_deadline = (closed - timedelta(days=1)).date()
    run.save()
    apply(run, 1, at=run.applications_open_at)
    assert settle_due(at=closed + timedelta(days=4)) == 0
    assert settle_due(at=closed + timedelta(days=5)) == 1


def test_whoever_is_let_in_after_the_draw_stands_behind(run, held, officer, value_day):
    announce(draw=held, by=officer, at=value_day)
    late = apply(run, 9, at=run.applications_open_at)
    assert late.state == State.WAITING
    assert position_of(late) == held.entries.filter(outcome="waiting").count() + 1


def test_trying_out_changes_nothing(run, applications, officer, closed, frozen):
    before = (frozen.record, _states(run))
    one = try_out(run=run, seed=b"1" * 32, at=closed)
    other = try_out(run=run, seed=b"2" * 32, at=closed)
    frozen.refresh_from_db()
    assert (frozen.record, _states(run)) == before
    assert frozen.entries.exclude(rank=None).count() == 0
    assert {d.entry.number for d in one} == {d.entry.number for d in other}
    assert [d.entry.number for d in one] != [d.entry.number for d in other]


def test_redraw_among_those_who_wait(run, held, officer, value_day):
    run.waiting_policy = "redraw"
    run.save()
    announce(draw=held, by=officer, at=value_day)
    winner = held.entries.filter(outcome="won", seats=1).first().application
    winner.refresh_from_db()
    withdraw(application=winner, by=None, at=value_day)
    assert run.pools.get().seats_left == 1, "nobody moves up by order"

    later = value_day + timedelta(days=1)
    again = _freeze(run, officer, later, source_on=date(2026, 12, 7))
    hold(draw=again, public_value="1", by=officer, at=later + timedelta(days=3))
    announce(draw=again, by=officer, at=later + timedelta(days=3))

    assert again.round == 1
    assert run.pools.get().seats_left == 0
    won = again.entries.get(outcome="won").application
    assert won.state == State.OFFERED
    assert won.transitions.last().why == "再抽選（1回目）の順位 1番（1名まで）"
    told = Notification.objects.filter(kind=MessageKind.OFFERED)
    assert [message.application for message in told] == [won]
    assert again.entries.filter(outcome="waiting", application__state="waiting").exists()
    assert differences() == []
