"""The public calendar of a group: what the paths it follows hold."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache

from learning_paths.models import GroupPath
from tests.courses.calendars import summaries, unfolded
from tests.factories import (
    CourseFactory,
    GroupFactory,
    PathFactory,
    SessionFactory,
    StepFactory,
)
from tests.learning_paths.closing import close

pytestmark = pytest.mark.django_db
URL = "/groups/kawa/calendar.ics"


def follow(group, path, now):
    GroupPath.objects.create(
        group=group, path=path, version=path.versions.get(), started_on=now.date()
    )


@pytest.fixture(autouse=True)
def _frozen(now):
    cache.clear()
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def group(now):
    """Follows a path with one public course, and one that is a draft."""
    made = GroupFactory(code="kawa", name="川をきれいにする会")
    public, draft = CourseFactory(title="水辺"), CourseFactory(published_at=None)
    path = PathFactory()
    StepFactory(path=path, courses=[public, draft])
    StepFactory(path=path, courses=[public])
    follow(made, path, now)
    for course in (public, draft):
        SessionFactory(run__course=course)
    SessionFactory(run__course__title="ほか")
    return made


def test_group_feed_shows_the_public_sessions_of_its_paths(client, group, settings):
    settings.PUBLIC_URL = "https://manabiba.example"
    body = client.get(URL).content
    assert summaries(body) == ["水辺"]
    lines = unfolded(body)
    assert "NAME:川をきれいにする会｜まなびば" in lines
    assert "URL:https://manabiba.example/groups/kawa/" in lines
    assert "SOURCE;VALUE=URI:https://manabiba.example/groups/kawa/calendar.ics" in lines


def test_group_that_is_not_public_has_no_calendar(client, group):
    close(group)
    closed, unknown = client.get(URL), client.get("/groups/nobody/calendar.ics")
    assert (closed.status_code, unknown.status_code) == (404, 404)
    assert closed.content == unknown.content


def test_path_that_is_not_published_stays_out(client, group):
    path = group.paths.get().path
    path.is_published = False
    path.save()
    assert summaries(client.get(URL).content) == []


def test_path_that_is_no_longer_followed_leaves_at_once(client, group, now):
    assert summaries(client.get(URL).content) == ["水辺"]
    group.paths.all().delete()
    with time_machine.travel(now + timedelta(minutes=1), tick=False):
        assert summaries(client.get(URL).content) == []


@pytest.mark.parametrize("number", [1, 3])
def test_group_feed_takes_a_fixed_number_of_queries(
    client, number, now, django_assert_num_queries
):
    group = GroupFactory(code="kawa")
    for _each in range(number):
        course = CourseFactory()
        path = PathFactory()
        StepFactory(path=path, courses=[course])
        follow(group, path, now)
        SessionFactory(run__course=course)
    with django_assert_num_queries(10):
        response = client.get(URL)
    assert len(summaries(response.content)) == number
