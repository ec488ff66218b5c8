"""Staff of a run are counted per section; citizens and void applications are not."""

from datetime import timedelta

import pytest
from django.urls import reverse

from courses.enums import PoolKind
from courses.models import Session
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.leaving import void_application
from enrollments.domain.reporting.sections import (
    SectionCount,
    all_sections,
    staff_by_section,
)
from enrollments.models import Attendance
from tests.enrollments.back_office import officer_of
from tests.enrollments.requests import HANAKO, JIRO, KEIKO, TARO, request_by
from tests.factories import DepartmentFactory, SeatPoolFactory, StaffProfileFactory


@pytest.fixture
def _sent(run, officer, now):
    """Two of 防災課, one of whom came, one of 税務課 who waits, one void, one citizen."""
    run.pools.update(kind=PoolKind.CITIZENS)
    SeatPoolFactory(run=run, kind=PoolKind.STAFF, capacity=2)
    bosai = DepartmentFactory(name="防災課", sort_order=1)
    tax = DepartmentFactory(name="税務課", sort_order=2)

    def apply(person, section, **wishes):
        by = StaffProfileFactory(department=section).user if section else None
        kind = PoolKind.STAFF if section else PoolKind.CITIZENS
        return apply_for_seat(
            run=run, request=request_by(person, **wishes), by=by, at=now, pool_kind=kind
        )

    came = apply(HANAKO, bosai)
    apply(TARO, bosai)
    apply(JIRO, tax)
    mistake = apply(KEIKO, tax)
    void_application(application=mistake, by=officer, at=now, why="入力まちがい")
    apply(KEIKO, None, email="keiko@example.jp")
    session = Session.objects.get()
    Attendance.objects.create(
        participant=came.participants.get(),
        session=session,
        status="present",
        recorded_at=now + timedelta(days=14),
    )


@pytest.mark.usefixtures("_sent")
def test_staff_are_counted_per_section(run, django_assert_num_queries):
    with django_assert_num_queries(1):
        counted = staff_by_section(run)

    assert counted == [
        SectionCount("防災課", 0, 2, 0, 2, 1),
        SectionCount("税務課", 0, 1, 0, 0, 0),
    ]
    assert all_sections(counted) == SectionCount("", 0, 3, 0, 2, 1)


@pytest.mark.usefixtures("_sent")
def test_counts_stand_on_the_runs_page(client, run, department):
    client.force_login(officer_of(department))

    html = client.get(reverse("manage_run", args=[run.code])).content.decode()
    assert "職員の参加（課ごと）" in html
    assert "税務課" in html
