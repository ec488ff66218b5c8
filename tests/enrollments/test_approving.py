"""An employee's own application waits for the head of the section, and holds no seat."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.domain.refusal import NotAllowed
from courses.enums import PoolKind
from courses.models import WayIn
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.approval_deadline import (
    NOT_IN_TIME,
    approvals_end_at,
    end_undecided,
)
from enrollments.domain.approving import (
    AlreadyDecided,
    DeclinedWithoutReason,
    approve,
    decline,
    waiting_for,
)
from enrollments.domain.asking_heads import remind_heads
from enrollments.domain.audit import differences
from enrollments.domain.refusals import OnlyByNomination, RunFull
from enrollments.enums import Channel
from enrollments.models import Notification, Transition
from tests.enrollments.back_office import officer_of
from tests.enrollments.requests import HANAKO, TARO, request_by
from tests.factories import (
    DepartmentFactory,
    SeatPoolFactory,
    StaffProfileFactory,
    UserFactory,
)


@pytest.fixture
def section(db):
    return DepartmentFactory(name="防災課", email="bosai@example.jp")


@pytest.fixture
def clerk(section):
    return StaffProfileFactory(department=section).user


@pytest.fixture
def head(section):
    user = StaffProfileFactory(department=section, role="head").user
    user.groups.add(*officer_of(section).groups.all())
    return user


@pytest.fixture
def staff_pool(run):
    """One place for staff, whose heads approve."""
    run.pools.update(kind=PoolKind.CITIZENS)
    WayIn.objects.create(run=run, kind=PoolKind.STAFF, needs_approval=True)
    return SeatPoolFactory(run=run, kind=PoolKind.STAFF, capacity=1)


def _apply(run, person, by, now, **wishes):
    return apply_for_seat(
        run=run,
        request=request_by(person, **wishes),
        by=by,
        at=now,
        pool_kind=PoolKind.STAFF,
    )


def _states(application):
    return list(
        Transition.objects.filter(application=application)
        .order_by("pk")
        .values_list("from_state", "to_state", "why")
    )


def test_own_application_waits_without_a_seat_and_the_head_is_told(
    run, staff_pool, clerk, head, now
):
    application = _apply(run, HANAKO, clerk, now)

    assert application.state == "awaiting_approval"
    staff_pool.refresh_from_db()
    assert staff_pool.seats_taken == 0
    assert [one.pk for one in waiting_for(head)] == [application.pk]
    asked = Notification.objects.get(occasion=f"approval:{application.pk}:0")
    assert asked.recipient == head.email
    assert "山田" not in asked.subject + asked.body


def test_section_without_a_head_is_told_at_its_own_address(run, staff_pool, clerk, now):
    application = _apply(run, HANAKO, clerk, now)

    asked = Notification.objects.get(occasion=f"approval:{application.pk}:0")
    assert asked.recipient == "bosai@example.jp"


def test_approved_application_gets_the_place(run, staff_pool, clerk, head, now):
    application = _apply(run, HANAKO, clerk, now)

    approve(application=application, by=head, at=now)

    assert _states(application) == [
        ("", "received", ""),
        ("received", "awaiting_approval", ""),
        ("awaiting_approval", "accepted", "課長の承認"),
    ]
    staff_pool.refresh_from_db()
    assert staff_pool.seats_taken == 1
    told = Notification.objects.filter(application=application, kind="accepted").get()
    assert "所属する課の承認を受け、受講が決まりました。" in told.body
    assert differences() == []


def test_approved_after_the_last_place_went_it_waits_in_line(
    run, staff_pool, clerk, head, now
):
    first = _apply(run, HANAKO, clerk, now)
    _apply(run, TARO, head, now)

    assert approve(application=first, by=head, at=now).state == "waiting"


def test_approved_where_nobody_can_wait_is_refused_and_still_waits(
    run, staff_pool, clerk, head, now
):
    application = _apply(run, HANAKO, clerk, now)
    _apply(run, TARO, head, now)
    type(run).objects.filter(pk=run.pk).update(waiting_list=False)

    with pytest.raises(RunFull):
        approve(application=application, by=head, at=now)
    application.refresh_from_db()
    assert application.state == "awaiting_approval"


def test_head_applies_without_asking_anybody(run, staff_pool, head, now):
    assert _apply(run, HANAKO, head, now).state == "accepted"


def test_telephoned_application_waits_for_the_head_too(
    run, staff_pool, section, officer, now
):
    application = _apply(
        run, HANAKO, officer, now, channel=Channel.PHONE, department=section.pk
    )

    assert application.state == "awaiting_approval"


def test_declined_application_is_told_why(run, staff_pool, clerk, head, now):
    application = _apply(run, HANAKO, clerk, now)

    with pytest.raises(DeclinedWithoutReason):
        decline(application=application, reason=" ", by=head, at=now)
    decline(application=application, reason="当日は議会のため", by=head, at=now)

    assert _states(application)[-1] == ("awaiting_approval", "lost", "当日は議会のため")
    told = Notification.objects.get(application=application, kind="lost")
    assert "承認が得られなかったため" in told.body
    assert "当日は議会のため" in told.body
    with pytest.raises(AlreadyDecided):
        approve(application=application, by=head, at=now)


def test_only_the_head_of_the_section_decides(
    run, staff_pool, clerk, head, officer, hanako, now
):
    application = _apply(run, HANAKO, clerk, now)
    other_head = StaffProfileFactory(role="head").user

    for somebody in (clerk, officer, other_head, hanako):
        with pytest.raises(NotAllowed):
            approve(application=application, by=somebody, at=now)
        with pytest.raises(NotAllowed):
            decline(application=application, reason="いいえ", by=somebody, at=now)
        assert list(waiting_for(somebody)) == []
    administrator = UserFactory(is_superuser=True)
    assert approve(application=application, by=administrator, at=now).state == "accepted"


def test_head_is_reminded_once_after_two_days(run, staff_pool, clerk, head, now):
    _apply(run, HANAKO, clerk, now)

    assert remind_heads(at=now + timedelta(days=1)) == 0
    assert remind_heads(at=now + timedelta(days=2)) == 1
    assert remind_heads(at=now + timedelta(days=3)) == 0
    assert Notification.objects.filter(occasion__startswith="approval-").count() == 1


def test_places_by_nomination_only_take_nobody_else(run, staff_pool, clerk, now):
    run.ways_in.update(takes_own=False, takes_nominations=True)

    with pytest.raises(OnlyByNomination):
        _apply(run, HANAKO, clerk, now)


def test_head_approves_and_declines_in_the_back_office(
    client, run, staff_pool, clerk, head, now
):
    first = _apply(run, HANAKO, clerk, now)
    colleague = StaffProfileFactory(department=clerk.staff_profile.department).user
    second = _apply(run, TARO, colleague, now)
    client.force_login(head)
    address = reverse("manage_approvals")

    html = client.get(address).content.decode()
    assert "山田 花子" in html
    assert "佐藤 太郎" in html
    send = {"application": str(first.public_id), "action": "approve"}
    assert client.post(address, send).status_code == 302
    send = {"application": str(second.public_id), "action": "decline"}
    assert client.post(address, send).status_code == 409
    assert client.post(address, send | {"reason": "議会"}).status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("accepted", "lost")


def test_what_nobody_decided_ends_at_five_the_day_before(run, staff_pool, clerk, head, now):
    application = _apply(run, HANAKO, clerk, now)
    ends = approvals_end_at(application)
    assert (ends.isoformat(), ends.tzname()) == ("2026-12-04T17:00:00+09:00", "JST")

    assert end_undecided(at=ends - timedelta(minutes=1)) == 0
    assert [end_undecided(at=ends) for _time in range(2)] == [1, 0]
    assert _states(application)[-1] == ("awaiting_approval", "lost", NOT_IN_TIME)
    told = Notification.objects.get(application=application, kind="lost")
    assert NOT_IN_TIME in told.body
    with pytest.raises(AlreadyDecided):
        approve(application=application, by=head, at=ends)
    assert differences() == []


def test_what_was_approved_stays(run, staff_pool, clerk, head, now):
    application = _apply(run, HANAKO, clerk, now)
    approve(application=application, by=head, at=now)

    assert end_undecided(at=now + timedelta(days=14)) == 0
    application.refresh_from_db()
    assert application.state == "accepted"


def test_looking_for_undecided_ones_costs_one_query(run, django_assert_num_queries, now):
    with django_assert_num_queries(1):
        end_undecided(at=now)
