"""What a group has learned together, from the courses on its paths."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning_paths.domain.following import follow_path
from learning_paths.domain.group_record import record_of_group
from learning_paths.models import Group
from tests.factories import NOON, CourseFactory, PathFactory, StepFactory
from tests.learning_paths.completions import complete


@pytest.fixture
def river(db):
    return CourseFactory(title="川を知る")


@pytest.fixture
def following(group, leader, keiko, river) -> Group:
    path = PathFactory()
    StepFactory(path=path, courses=[river])
    follow_path(group=group, path=path, by=keiko, at=NOON)
    return group


def _done(course, user, **facts):
    complete(
        course,
        user=user,
        family_kana=user.last_name_kana,
        given_kana=user.first_name_kana,
        **facts,
    )


def test_years_add_up_what_members_completed(following, river, keiko, hanako):
    _done(river, keiko, sessions=3)
    _done(river, hanako, sessions=2)
    _done(river, keiko, sessions=1, on=date(2026, 3, 31))

    record = record_of_group(following, [keiko, hanako])
    assert (record.members, record.completions, record.sessions) == (2, 3, 6)
    assert [
        (year.fiscal_year, year.members, year.completions, year.sessions)
        for year in record.years
    ] == [(2026, 2, 2, 5), (2025, 1, 1, 1)]
    (course,) = record.years[0].courses
    assert (course.course, course.sessions) == (river, 5)


def test_courses_off_the_paths_stay_each_members_own(following, keiko):
    _done(CourseFactory(title="依存症を知る"), keiko, sessions=1)
    assert record_of_group(following, [keiko]).years == []


def test_who_is_no_member_adds_nothing(following, river, keiko, taro):
    _done(river, taro, sessions=3)
    assert record_of_group(following, [keiko]).completions == 0


def test_a_record_asks_no_more_for_more_people(following, river, keiko, hanako, jiro):
    _done(river, keiko, sessions=3)
    counts = []
    for members in ([keiko], [keiko, hanako, jiro]):
        with CaptureQueriesContext(connection) as made:
            record_of_group(following, members)
        counts.append(len(made))
    assert counts[0] == counts[1]
