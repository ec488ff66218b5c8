"""An officer calls off several units with one act: whom it touches is said before."""

import pytest
from django.urls import reverse

from courses.enums import RunState
from courses.models import CourseRun
from enrollments.domain.message_queries import history_of
from enrollments.domain.series.applying import apply_for_units
from enrollments.enums import MessageKind
from enrollments.models import Application, Notification
from tests.enrollments.back_office import officer_of
from tests.enrollments.series.test_applying import wishes
from tests.factories import DepartmentFactory


@pytest.fixture
def own(series, runs, time_machine, now) -> list[CourseRun]:
    """Both units are of the section of the series; somebody is in both."""
    time_machine.move_to(now, tick=False)
    for run in runs:
        run.course.department = series.department
        run.course.save()
    apply_for_units(series=series, wishes=wishes(runs), together=True, by=None, at=now)
    return runs


@pytest.fixture
def address(series) -> str:
    return reverse("manage_units_cancel", args=[series.pk])


def _said(runs, step):
    return {"runs": [run.code for run in runs], "reason": "大雨のため", "step": step}


def test_whom_it_touches_is_said_before_it_is_done(client, series, own, address):
    client.force_login(officer_of(series.department))
    page = client.post(address, _said(own, "check")).content.decode()
    assert "1人にメールで、0人に電話か郵便で知らせます（一人1通）。" in page
    assert not CourseRun.objects.filter(state=RunState.CANCELLED).exists()

    assert client.post(address, _said(own, "send")).status_code == 302
    assert CourseRun.objects.filter(state=RunState.CANCELLED).count() == 2
    assert Notification.objects.filter(kind=MessageKind.SERIES_CANCELLED).count() == 1


def test_message_stands_in_the_history_of_each_unit(client, series, own, address):
    """Also for the section of a unit that is not the first."""
    client.force_login(officer_of(series.department))
    client.post(address, _said(own, "send"))
    own[1].course.department = DepartmentFactory()
    own[1].course.save()
    other = officer_of(own[1].course.department)
    told = history_of(Application.objects.get(run=own[1]), user=other)
    assert {one.kind for one in told} == {MessageKind.SERIES, MessageKind.SERIES_CANCELLED}


def test_units_of_other_sections_are_not_offered(client, series, own, address):
    own[1].course.department = DepartmentFactory()
    own[1].course.save()
    client.force_login(officer_of(series.department))
    page = client.get(address).content.decode()
    assert own[0].code in page
    assert own[1].code not in page
    assert client.post(address, _said(own, "send")).status_code == 422
    assert not CourseRun.objects.filter(state=RunState.CANCELLED).exists()


def test_another_section_calls_nothing_off(client, own, address):
    client.force_login(officer_of(DepartmentFactory()))
    assert client.post(address, _said(own, "send")).status_code == 403
    assert not CourseRun.objects.filter(state=RunState.CANCELLED).exists()
