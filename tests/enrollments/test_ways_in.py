"""Staff and groups may have windows of their own; residents go by the run's."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.domain.refusal import NotAllowed
from courses.domain.run_plan import WindowOutOfOrder
from courses.domain.ways_in import NoSuchPlaces, WayPlan, set_way_in
from courses.enums import PoolKind
from courses.models import ChangeRecord, WayIn
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.refusals import ApplicationsClosed, ApplicationsNotOpen
from tests.enrollments.back_office import officer_of
from tests.enrollments.requests import HANAKO, TARO, request_by
from tests.factories import NOON, SeatPoolFactory, StaffProfileFactory, UserFactory

DAY = timedelta(days=1)


@pytest.fixture
def staff_pool(run):
    run.pools.update(kind=PoolKind.CITIZENS)
    return SeatPoolFactory(run=run, kind=PoolKind.STAFF, capacity=2)


@pytest.fixture
def clerk(db):
    return StaffProfileFactory().user


def _apply(run, by, now, kind):
    person = HANAKO if kind == PoolKind.STAFF else TARO
    return apply_for_seat(
        run=run, request=request_by(person), by=by, at=now, pool_kind=kind
    )


@pytest.mark.parametrize(
    ("opens", "closes", "refusal"),
    [(2 * DAY, None, ApplicationsNotOpen), (None, -DAY, ApplicationsClosed)],
)
def test_staff_go_by_their_own_window_and_citizens_by_the_runs(
    run, staff_pool, clerk, now, opens, closes, refusal
):
    WayIn.objects.create(
        run=run,
        kind=PoolKind.STAFF,
        opens_at=opens and now + opens,
        closes_at=closes and now + closes,
    )

    with pytest.raises(refusal):
        _apply(run, clerk, now, PoolKind.STAFF)
    assert _apply(run, None, now, PoolKind.CITIZENS).state == "accepted"


def test_staff_apply_when_citizens_no_longer_can(run, staff_pool, clerk, now):
    WayIn.objects.create(run=run, kind=PoolKind.STAFF, closes_at=now + 12 * DAY)
    late = now + 11 * DAY

    with pytest.raises(ApplicationsClosed):
        _apply(run, None, late, PoolKind.CITIZENS)
    assert _apply(run, clerk, late, PoolKind.STAFF).state == "accepted"


def test_apply_page_goes_by_the_window_of_whoever_looks(client, run, staff_pool, clerk):
    WayIn.objects.create(run=run, kind=PoolKind.STAFF, closes_at=NOON + 2000 * DAY)
    run.sessions.update(starts_at=NOON + 1999 * DAY, ends_at=NOON + 2000 * DAY)
    run.applications_close_at = NOON - DAY
    run.save()
    address = reverse("apply", args=[run.code])

    assert "申込みの受付は終わりました" in client.get(address).content.decode()
    client.force_login(clerk)
    assert "申込みの受付は終わりました" not in client.get(address).content.decode()


def test_window_is_set_by_the_section_and_leaves_its_trace(run, staff_pool, officer, now):
    plan = WayPlan(opens_at=now, closes_at=now + DAY)

    way = set_way_in(run=run, kind=PoolKind.STAFF, plan=plan, by=officer, at=now)

    assert (way.opens_at, way.closes_at) == (now, now + DAY)
    fields = ChangeRecord.objects.get().fields
    assert [row[:2] for row in fields] == [
        ["受付開始（職員枠）", ""],
        ["受付締切（職員枠）", ""],
    ]
    with pytest.raises(NotAllowed):
        set_way_in(run=run, kind=PoolKind.STAFF, plan=plan, by=UserFactory(), at=now)


def test_window_needs_places_and_order(run, staff_pool, officer, now):
    with pytest.raises(NoSuchPlaces):
        set_way_in(run=run, kind=PoolKind.GROUPS, plan=WayPlan(), by=officer, at=now)
    # The run closes in ten days: the staff's would open after that.
    late = WayPlan(opens_at=now + 11 * DAY)
    with pytest.raises(WindowOutOfOrder):
        set_way_in(run=run, kind=PoolKind.STAFF, plan=late, by=officer, at=now)


def test_database_refuses_a_window_of_residents_or_out_of_order(run, now):
    for wrong in (
        {"kind": PoolKind.CITIZENS},
        {"kind": PoolKind.STAFF, "opens_at": now, "closes_at": now},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            WayIn.objects.create(run=run, **wrong)
    assert WayIn.objects.create(run=run, kind=PoolKind.STAFF).pk


def test_officer_sets_the_window_in_the_back_office(client, run, staff_pool, department):
    client.force_login(officer_of(department))
    address = reverse("manage_ways_in", args=[run.code])

    assert "職員枠" in client.get(address).content.decode()
    wrong = {"staff-opens_at": "2026-12-02T09:00", "staff-closes_at": "2026-12-01T09:00"}
    assert client.post(address, wrong).status_code == 422
    assert (
        client.post(
            address, {"staff-closes_at": "2026-11-25T17:00", "staff-takes_own": "on"}
        ).status_code
        == 302
    )
    assert f"{run.ways_in.get().closes_at:%m%d}" == "1125"


def test_windows_are_for_the_section_only(client, run, staff_pool, clerk):
    address = reverse("manage_ways_in", args=[run.code])

    assert client.get(address).status_code == 302
    client.force_login(officer_of(clerk.staff_profile.department))
    assert client.get(address).status_code == 403
