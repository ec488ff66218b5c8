from datetime import date

import pytest

from learning_paths.domain.following import follow_path, paths_of_stage, unfollow_path
from learning_paths.domain.path_refusals import PathNotOpen
from learning_paths.domain.refusals import (
    GroupClosed,
    NotAMember,
    NotAnOrganiser,
)
from learning_paths.models import Group, StageRecord
from tests.factories import NOON, PathFactory, PathVersionFactory, StageFactory
from tests.learning_paths.closing import close


@pytest.fixture
def path(db):
    path = PathFactory(stage=StageFactory(), name="会計の基礎")
    PathVersionFactory(path=path)
    return path


def _state(group, stage, day):
    StageRecord.objects.create(group=group, stage=stage, as_of=day, recorded_at=NOON)


@pytest.mark.usefixtures("leader", "coordinator")
def test_organisers_follow_a_path_once(group, path, keiko, jiro, now):
    first = follow_path(group=group, path=path, by=keiko, at=now)
    again = follow_path(group=group, path=path, by=jiro, at=now)

    assert again == first
    assert first.started_on == date(2026, 11, 21)
    assert list(group.paths.all()) == [first]


@pytest.mark.usefixtures("leader")
def test_path_of_another_stage_may_be_followed(group, path, keiko, now):
    _state(group, StageFactory(), date(2026, 4, 1))

    assert follow_path(group=group, path=path, by=keiko, at=now).path == path


@pytest.mark.usefixtures("leader")
def test_unpublished_path_is_not_followed(group, path, keiko, now):
    path.is_published = False
    path.save()
    with pytest.raises(PathNotOpen):
        follow_path(group=group, path=path, by=keiko, at=now)


@pytest.mark.usefixtures("leader", "member")
def test_members_and_outsiders_choose_no_path(group, path, hanako, taro, now):
    for act in (follow_path, unfollow_path):
        with pytest.raises(NotAnOrganiser):
            act(group=group, path=path, by=hanako, at=now)
        with pytest.raises(NotAMember):
            act(group=group, path=path, by=taro, at=now)


@pytest.mark.usefixtures("leader")
def test_path_is_given_up(group, path, keiko, now):
    follow_path(group=group, path=path, by=keiko, at=now)

    assert unfollow_path(group=group, path=path, by=keiko, at=now) is True
    assert unfollow_path(group=group, path=path, by=keiko, at=now) is False
    assert group.paths.filter(stopped_on=None).count() == 0


@pytest.mark.usefixtures("leader")
def test_closed_group_chooses_no_path(group, path, keiko, now):
    close(Group.objects.get())
    for act in (follow_path, unfollow_path):
        with pytest.raises(GroupClosed):
            act(group=group, path=path, by=keiko, at=now)


def test_paths_of_a_stage_are_its_published_ones(path):
    PathFactory(stage=path.stage, is_published=False)
    PathFactory(stage=None)
    assert paths_of_stage(path.stage) == [path]
    assert paths_of_stage(StageFactory()) == []
