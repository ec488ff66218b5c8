"""Unfilled places go to the other audience once, and whoever waits moves up."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.domain.refusal import NotAllowed
from courses.domain.swap_rules import (
    SwapAfterStart,
    SwapIsDone,
    SwapNeedsTwoPools,
    drop_swap_rule,
    set_swap_rule,
    swap_words,
)
from courses.enums import PoolKind
from courses.models import ChangeRecord, SwapRule
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.audit import differences
from enrollments.domain.swapping import (
    AlreadySwapped,
    NoSwapRule,
    SwapUndecided,
    SwapWithoutReason,
    gifts_of,
    swap_due,
    swap_now,
)
from enrollments.models import Application
from tests.enrollments.back_office import officer_of
from tests.enrollments.requests import HANAKO, JIRO, KEIKO, TARO, request_by
from tests.factories import SeatPoolFactory, StaffProfileFactory

DAY = timedelta(days=1)


@pytest.fixture
def staff_pool(run):
    """Two places for citizens, five for staff."""
    run.pools.update(kind=PoolKind.CITIZENS)
    return SeatPoolFactory(run=run, kind=PoolKind.STAFF, capacity=5)


@pytest.fixture
def rule(run, staff_pool, now):
    """Staff give to citizens the day after, but for one place."""
    return SwapRule.objects.create(
        run=run, giver="staff", taker="citizens", at=now + DAY, keeps=1
    )


def _citizens(run, now, *people):
    return [
        apply_for_seat(
            run=run, request=request_by(one), by=None, at=now, pool_kind=PoolKind.CITIZENS
        )
        for one in people
    ]


def _capacities(run):
    return dict(run.pools.values_list("kind", "capacity"))


def test_places_go_over_at_the_time_and_who_waits_moves_up(run, rule, now):
    waiting = _citizens(run, now, HANAKO, TARO, JIRO, KEIKO)[2:]
    assert [one.state for one in waiting] == ["waiting", "waiting"]

    assert swap_due(at=now + DAY - timedelta(seconds=1)) == 0
    assert swap_due(at=now + DAY) == 1

    assert _capacities(run) == {"citizens": 6, "staff": 1}
    states = Application.objects.filter(pk__in=[one.pk for one in waiting])
    assert set(states.values_list("state", flat=True)) == {"offered"}
    assert differences() == []


def test_rule_is_carried_out_once(run, rule, now):
    assert swap_due(at=now + DAY) == 1
    run.pools.filter(kind="staff").update(capacity=9)

    assert swap_due(at=now + 2 * DAY) == 0
    assert _capacities(run) == {"citizens": 6, "staff": 9}
    rule.refresh_from_db()
    assert (rule.moved, rule.done_at, rule.done_by) == (4, now + DAY, None)


def test_change_is_on_record(run, rule, now):
    swap_due(at=now + DAY)

    fields = [row for one in ChangeRecord.objects.order_by("pk") for row in one.fields]
    assert sorted(fields) == [
        ["定員（市民枠）", "2名", "6名"],
        ["定員（職員枠）", "5名", "1名"],
    ]


def test_taken_places_stay_and_who_waits_comes_first(run, rule, staff_pool, now):
    clerk = StaffProfileFactory().user
    apply_for_seat(
        run=run, request=request_by(HANAKO), by=clerk, at=now, pool_kind=PoolKind.STAFF
    )

    assert [gift.number for gift in gifts_of(rule)] == [3]
    Application.objects.filter(pk=0)
    staff_pool.__class__.objects.filter(pk=staff_pool.pk).update(capacity=1)
    assert gifts_of(rule) == []


def test_places_wait_for_the_draw(run, rule, now):
    type(run).objects.filter(pk=run.pk).update(selection_mode="lottery")
    clerk = StaffProfileFactory().user
    apply_for_seat(
        run=run, request=request_by(HANAKO), by=clerk, at=now, pool_kind=PoolKind.STAFF
    )

    with pytest.raises(SwapUndecided):
        gifts_of(rule)
    assert swap_due(at=now + DAY) == 0
    assert SwapRule.objects.get().done_at is None


def test_officer_swaps_sooner_with_a_reason(run, rule, officer, now):
    with pytest.raises(SwapWithoutReason):
        swap_now(run=run, reason=" ", by=officer, at=now)
    with pytest.raises(NotAllowed):
        swap_now(run=run, reason="満席", by=StaffProfileFactory().user, at=now)

    done = swap_now(run=run, reason="市民枠が満席のため", by=officer, at=now)

    assert (done.moved, done.done_by, done.why) == (4, officer, "市民枠が満席のため")
    with pytest.raises(AlreadySwapped):
        swap_now(run=run, reason="もう一度", by=officer, at=now)
    assert _capacities(run) == {"citizens": 6, "staff": 1}


def test_nothing_is_swapped_without_a_rule(run, staff_pool, officer, now):
    with pytest.raises(NoSwapRule):
        swap_now(run=run, reason="満席", by=officer, at=now)


def _set(run, by, now, **changes):
    said = {
        "giver": PoolKind.STAFF,
        "taker": PoolKind.CITIZENS,
        "moment": now + DAY,
        "keeps": 2,
    }
    return set_swap_rule(run=run, by=by, at=now, **(said | changes))


def test_rule_is_set_by_the_section_and_fits(run, staff_pool, officer, now):
    with pytest.raises(NotAllowed):
        _set(run, StaffProfileFactory().user, now)
    with pytest.raises(SwapNeedsTwoPools):
        _set(run, officer, now, taker=PoolKind.GROUPS)
    with pytest.raises(SwapNeedsTwoPools):
        _set(run, officer, now, taker=PoolKind.STAFF)
    with pytest.raises(SwapAfterStart):
        _set(run, officer, now, moment=now + 14 * DAY)

    _set(run, officer, now)
    rule = _set(run, officer, now, keeps=0)

    assert SwapRule.objects.get() == rule
    words = "11月22日（日）12:00に職員枠に空いている席があれば、市民枠に回します。"
    assert swap_words(rule, today=now.date()) == words
    drop_swap_rule(run=run, by=officer, at=now)
    assert SwapRule.objects.count() == 0
    assert ChangeRecord.objects.count() == 3


def test_rule_that_was_carried_out_stays(run, rule, officer, now):
    swap_due(at=now + DAY)

    with pytest.raises(SwapIsDone):
        _set(run, officer, now)
    with pytest.raises(SwapIsDone):
        drop_swap_rule(run=run, by=officer, at=now)
    rule.refresh_from_db()
    words = "職員枠の空いた席4席を、市民枠に回しました。"
    assert swap_words(rule, today=now.date()) == words


def test_database_refuses_a_pool_that_gives_to_itself(rule):
    with pytest.raises(IntegrityError), transaction.atomic():
        SwapRule.objects.filter(pk=rule.pk).update(taker="staff")
    assert SwapRule.objects.filter(pk=rule.pk).update(taker="groups") == 1


def test_officer_previews_and_swaps_in_the_back_office(client, run, rule, department):
    client.force_login(officer_of(department))
    address = reverse("manage_swap", args=[run.code])

    assert "職員枠から市民枠へ 4席" in client.get(address).content.decode()
    assert client.post(address, {"action": "now", "reason": ""}).status_code == 409
    assert client.post(address, {"action": "now", "reason": "満席"}).status_code == 302
    assert (
        "職員枠の空いた席4席を、市民枠に回しました。"
        in client.get(address).content.decode()
    )


def test_swap_is_for_the_section_only(client, run, rule):
    address = reverse("manage_swap", args=[run.code])

    assert client.get(address).status_code == 302
    client.force_login(officer_of(StaffProfileFactory().department))
    assert client.get(address).status_code == 403
