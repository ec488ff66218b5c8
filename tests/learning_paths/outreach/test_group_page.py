"""Lectures of a registered group on its page: members see them, 代表 and 担当 open them."""

from dataclasses import replace
from uuid import uuid4

import pytest

from learning_paths.domain.outreach.accepting import accept_date
from learning_paths.domain.outreach.asking import ask_for_outreach
from tests.factories import NOON
from tests.learning_paths.outreach.conftest import ASKED

pytestmark = pytest.mark.django_db


@pytest.fixture
def lecture(entry, officer, group, leader):
    asked = ask_for_outreach(
        entry=entry,
        asked=replace(ASKED, group=group),
        by=leader.user,
        at=NOON,
        form_key=uuid4(),
    )
    return accept_date(request=asked, date=asked.dates.first(), by=officer, at=NOON)


@pytest.mark.parametrize(
    ("who", "sees", "opens"),
    [("leader", True, True), ("member", True, False), ("taro", False, False)],
)
def test_who_sees_a_lecture_of_the_group(client, request, lecture, who, sees, opens):
    person = request.getfixturevalue(who)
    client.force_login(getattr(person, "user", person))
    page = client.get(lecture.group.get_absolute_url()).content.decode()
    assert ("わが家の備え" in page) == sees
    assert ("/outreach/asked/" in page) == opens


def test_members_find_it_among_their_own(client, lecture, leader, member):
    for person, found in ((leader, True), (member, False)):
        client.force_login(person.user)
        page = client.get("/requests/mine/").content.decode()
        assert ("わが家の備え" in page) == found
