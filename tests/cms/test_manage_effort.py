"""How much an officer has to touch: next month's courses before lunch."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from cms.permissions import set_up_roles
from courses.domain.fiscal_year import TOKYO
from courses.models import Course, CourseRun, CourseTemplate
from tests.cms.sent_form import as_shown
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    SeatPoolFactory,
    SessionFactory,
    StaffProfileFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(site, client):
    officers, _administrators = set_up_roles()
    user = StaffProfileFactory().user
    user.groups.add(officers)
    client.force_login(user)
    return user


def test_five_sessions_from_a_template_take_four_fields_and_one_press(client, officer):
    template = CourseTemplate.objects.get(name="講座（全5回）")
    address = f"/manage/courses/new/?template={template.pk}"
    touched = {
        "facts-title": "はじめての会計",
        "prose-intro": "お金の流れがわかります。",
        "run-applications_close_at": "2026-12-01T17:00",
        "repeat-first_day": "2026-12-05",
    }

    form = as_shown(client.get(address))
    response = client.post(address, form | touched | {"step": "draft"})

    assert (response.status_code, len(touched)) == (302, 4)
    run = Course.objects.get(title="はじめての会計").runs.get()
    days = [timezone.localdate(session.starts_at) for session in run.sessions.all()]
    # the last Saturday of the year and the first of the next are in 年末年始
    assert days == [
        date(2026, 12, 5),
        date(2026, 12, 12),
        date(2026, 12, 19),
        date(2026, 12, 26),
        date(2027, 1, 9),
    ]
    assert run.pools.get().capacity == 20


def test_copy_of_last_years_run_takes_no_field_and_one_press(client, officer):
    course = CourseFactory(department=officer.staff_profile.department)
    run = CourseRunFactory(
        course=course,
        fiscal_year=2025,
        audience="市内の団体の方",
        applications_open_at=datetime(2025, 11, 4, 9, tzinfo=TOKYO),
        applications_close_at=datetime(2025, 11, 28, 17, tzinfo=TOKYO),
    )
    SeatPoolFactory(run=run, capacity=20, seats_taken=3)
    for number in range(5):
        starts_at = datetime(2025, 12, 6, 10, tzinfo=TOKYO) + timedelta(weeks=number)
        SessionFactory(run=run, number=number + 1, starts_at=starts_at)
    address = f"/manage/courses/{course.pk}/runs/new/?copy={run.code}"

    form = as_shown(client.get(address))
    response = client.post(address, form | {"step": "save"})

    assert response.status_code == 302
    made = CourseRun.objects.exclude(pk=run.pk).get()
    days = [timezone.localdate(session.starts_at) for session in made.sessions.all()]
    assert days == [date(2026, 12, 5) + timedelta(weeks=n) for n in range(5)]
    assert (made.fiscal_year, made.audience) == (2026, "市内の団体の方")
    assert (made.pools.get().capacity, made.pools.get().seats_taken) == (20, 0)
