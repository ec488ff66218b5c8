"""Reasons come before typing, and the server decides again under the lock."""

from datetime import date

import pytest
import time_machine
from django.core.cache import cache

from courses.enums import PoolKind
from courses.models import Requirement
from enrollments.domain import refusals
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.requests import PersonName
from enrollments.enums import Channel
from enrollments.models import Application, Completion
from tests.enrollments.application_form import address_of, companion, filled
from tests.enrollments.requests import HANAKO, TARO, request_by
from tests.factories import (
    NOON,
    CourseRunFactory,
    GroupFactory,
    MembershipFactory,
    SeatPoolFactory,
    SessionFactory,
    StaffProfileFactory,
    UserFactory,
)
from tests.pages import build_site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(db):
    cache.clear()
    build_site()
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def residents_only(run):
    return Requirement.objects.create(
        run=run, kind="residency", residencies=["resident", "worker"]
    )


@pytest.fixture
def group_run(run):
    run.pools.update(kind=PoolKind.GROUPS)
    return run


def _member():
    group = GroupFactory(code="river", name="川の会")
    return MembershipFactory(group=group, user=UserFactory()).user


def test_conditions_are_listed_before_the_form(client, run, residents_only):
    page = client.get(address_of(run)).content.decode()

    assert page.index("市内在住・在勤の方") < page.index('name="family_name"')
    assert 'name="residency"' in page


def test_residency_that_does_not_fit_is_told_after_the_first_step(
    client, run, residents_only
):
    response = client.post(address_of(run), filled(step="check", residency="other"))

    page = response.content.decode()
    assert response.status_code == 409
    assert "対象は「市内在住・在勤の方」です。" in page
    assert 'value="山田"' in page
    assert client.post(address_of(run), filled(residency="other")).status_code == 409
    assert client.post(address_of(run), filled(residency="worker")).status_code == 302


def test_tier_for_residents_asks_for_residency_and_refuses_nobody(client, run):
    run.draw_tiers = ["residents"]
    run.save()

    assert client.post(address_of(run), filled()).status_code == 422
    client.post(address_of(run), filled(residency="other"))
    assert Application.objects.get().residency == "other"


@pytest.mark.parametrize(
    ("born", "status"), [("2008-12-05", 302), ("2008-12-06", 409), ("", 422)]
)
def test_age_counts_on_the_day_of_the_first_session(client, run, born, status):
    Requirement.objects.create(run=run, kind="age", min_age=18)

    assert client.post(address_of(run), filled(birth_date=born)).status_code == status
    if status == 302:
        kept = Application.objects.get().participants.get()
        assert kept.birth_date == date(2008, 12, 5)


def test_everybody_has_to_be_of_age_where_the_run_says_so(client, run):
    Requirement.objects.create(run=run, kind="age", min_age=18, everybody=True)
    run.max_participants = 2
    run.save()
    son = companion(1, "山田", "太郎", "ヤマダ", "タロウ")
    party = filled(birth_date="1990-01-01", **son)

    assert client.post(address_of(run), party).status_code == 422
    young = party | {"companion1-birth_date": "2016-01-01"}
    assert client.post(address_of(run), young).status_code == 409
    grown = party | {"companion1-birth_date": "2000-01-01"}
    assert client.post(address_of(run), grown).status_code == 302


def test_parent_applies_with_a_child_of_the_right_school_year(client, run):
    Requirement.objects.create(
        run=run, kind="school_year", min_school_year=4, max_school_year=6
    )
    run.capacity_unit, run.max_participants = "parties", 2
    run.save()
    child = companion(1, "山田", "太郎", "ヤマダ", "タロウ")
    parent = filled(school_year="20", **child)

    assert client.post(address_of(run), filled(school_year="20")).status_code == 409
    young = parent | {"companion1-school_year": "3"}
    assert client.post(address_of(run), young).status_code == 409
    fits = parent | {"companion1-school_year": "5"}
    assert client.post(address_of(run), fits).status_code == 302
    people = Application.objects.get().participants.values_list("school_year", flat=True)
    assert list(people) == [20, 5]


def test_condition_that_one_confirms_is_a_tick(client, run):
    row = Requirement.objects.create(run=run, kind="stated", words="会計を担当する方")

    assert client.post(address_of(run), filled()).status_code == 409
    assert (
        client.post(address_of(run), filled(**{f"stated_{row.pk}": "on"})).status_code
        == 302
    )


def test_completion_is_known_by_name_and_contact(client, run, now):
    before = CourseRunFactory()
    SeatPoolFactory(run=before)
    SessionFactory(run=before)
    Requirement.objects.create(run=run, kind="completed", completed_course=before.course)
    done = apply_for_seat(
        run=before, request=request_by(HANAKO, email="h@example.jp"), by=None, at=now
    )
    Completion.objects.create(
        participant=done.participants.get(), completed_on=now.date(), recorded_at=now
    )
    mine = request_by(HANAKO, email="h@example.jp")

    with pytest.raises(refusals.NotEligible) as refused:
        apply_for_seat(run=run, request=request_by(TARO), by=None, at=now)
    assert before.course.title in refused.value.reasons[0]
    assert apply_for_seat(run=run, request=mine, by=None, at=now).run == run


def test_places_of_groups_lead_a_stranger_to_signing_in(client, group_run):
    page = client.get(address_of(group_run)).content.decode()

    assert "登録団体の会員の方は、サインインすると申し込めます。" in page
    assert 'name="family_name"' not in page
    assert client.post(address_of(group_run), filled()).status_code in (409, 422)
    assert not Application.objects.exists()


def test_places_of_groups_lead_somebody_without_a_group_to_groups(client, group_run):
    client.force_login(UserFactory())

    page = client.get(address_of(group_run)).content.decode()
    assert "団体に登録するか、登録団体の会員になると申し込めます。" in page
    assert 'href="/groups/"' in page
    assert 'name="family_name"' not in page


def test_member_applies_for_several_members_at_once(client, group_run):
    group_run.max_participants = 2
    group_run.save()
    client.force_login(_member())

    other = companion(1, "佐藤", "太郎", "サトウ", "タロウ")
    client.post(address_of(group_run), filled(group="river", **other))

    application = Application.objects.get()
    assert (application.group_code, application.group_name) == ("river", "川の会")
    assert (application.seats, application.pool.kind) == (2, PoolKind.GROUPS)


def test_nobody_applies_for_somebody_elses_group(client, group_run, now):
    _member()
    GroupFactory(code="hill")
    own = MembershipFactory(user=UserFactory()).user
    client.force_login(own)

    assert client.post(address_of(group_run), filled(group="river")).status_code == 422
    with pytest.raises(refusals.Refusal):
        apply_for_seat(
            run=group_run,
            request=request_by(HANAKO, group_code="river"),
            by=own,
            at=now,
            pool_kind=PoolKind.GROUPS,
        )
    assert not Application.objects.exists()


@pytest.mark.parametrize("kind", [PoolKind.GROUPS, PoolKind.STAFF])
def test_places_of_others_are_closed_to_residents(run, now, kind):
    SeatPoolFactory(run=run, kind=kind)

    for by in (None, UserFactory()):
        with pytest.raises(refusals.NotEligible):
            apply_for_seat(
                run=run, request=request_by(HANAKO), by=by, at=now, pool_kind=kind
            )


def test_member_of_staff_chooses_between_both_sorts_of_places(client, run):
    own = StaffProfileFactory()
    staff = SeatPoolFactory(run=run, kind=PoolKind.STAFF)
    assert 'name="place"' not in client.get(address_of(run)).content.decode()
    client.force_login(own.user)
    assert "職員の枠" in client.get(address_of(run)).content.decode()

    client.post(address_of(run), filled(place=str(staff.pk)))

    application = Application.objects.get()
    assert (application.pool, application.department) == (staff, own.department)


def test_clerk_passes_a_condition_only_with_a_reason(run, residents_only, officer, now):
    card = request_by(PersonName("山田", "花子", "ヤマダ", "ハナコ"), channel=Channel.PHONE)
    with pytest.raises(refusals.NotEligible):
        apply_for_seat(run=run, request=card, by=officer, at=now)

    taken = apply_for_seat(
        run=run, request=card, by=officer, at=now, override_reason="転入の予定"
    )
    assert taken.transitions.first().why == "転入の予定"
