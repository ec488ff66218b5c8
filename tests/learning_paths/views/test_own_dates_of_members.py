"""A member whom the group sent finds the dates, and no way into the group's application."""

import pytest
from django.urls import reverse

from courses.enums import PoolKind
from enrollments.domain.links import application_token
from enrollments.domain.personal_calendar import shown_to
from enrollments.domain.places import places_of
from enrollments.domain.requests import PersonName, SeatRequest
from learning_paths.domain.sending_members import (
    Sent,
    apply_for_members,
    places_for_group,
)
from tests.factories import CourseRunFactory, SeatPoolFactory, SessionFactory


@pytest.fixture
def sent(group, leader, member, keiko, now):
    """Keiko leads the group and sends Hanako."""
    run = CourseRunFactory(course__title="川の学校")
    SeatPoolFactory(run=run, kind=PoolKind.GROUPS, capacity=2)
    SessionFactory(run=run, number=1)
    places = places_for_group(places_of(run, at=now))
    own = PersonName("高橋", "恵子", "タカハシ", "ケイコ")
    return apply_for_members(
        group=group,
        run=run,
        sent=Sent((member,), next(iter(places), None)),
        request=SeatRequest(applicant=own, email="keiko@example.jp"),
        by=keiko,
        at=now,
    )


def test_the_dates_are_in_the_own_calendar(sent, hanako, taro, now):
    session = sent.run.sessions.get()

    assert [one.session for one in shown_to(hanako, at=now).sessions] == [session.pk]
    assert shown_to(taro, at=now).sessions == frozenset()


@pytest.mark.parametrize("page", ["my_page", "my_schedule"])
def test_the_dates_are_on_the_own_pages_without_the_application(
    client, sent, hanako, now, time_machine, page
):
    time_machine.move_to(now)
    client.force_login(hanako)
    html = client.get(reverse(page)).content.decode()

    assert "川の学校" in html
    assert application_token(sent) not in html
    assert "keiko@example.jp" not in html


def test_whoever_applied_still_finds_the_application(
    client, sent, keiko, now, time_machine
):
    time_machine.move_to(now)
    client.force_login(keiko)

    assert application_token(sent) in client.get(reverse("my_page")).content.decode()
