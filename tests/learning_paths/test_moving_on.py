"""A newer version of a path takes nothing away, and is moved to by choice."""

import pytest

from learning_paths.domain.following import follow_path, unfollow_path
from learning_paths.domain.making import StepDraft
from learning_paths.domain.moving_on import move_to_newest, preview_of
from learning_paths.domain.path_refusals import AlreadyNewest, NotFollowed
from learning_paths.domain.queries import members_of
from learning_paths.domain.refusals import NotAMember, NotAnOrganiser
from learning_paths.domain.standings import standings_on_paths
from learning_paths.domain.versions import arrange_steps, steps_of
from tests.factories import CourseFactory, PathFactory
from tests.learning_paths.completions import complete


@pytest.fixture
def river(db):
    return CourseFactory(title="川を知る")


@pytest.fixture
def safety(db):
    return CourseFactory(title="安全")


@pytest.fixture
def path(river, now):
    path = PathFactory(name="川とともに")
    arrange_steps(
        path=path, drafts=[StepDraft(name="知る", courses=(river.pk,))], by=None, at=now
    )
    return path


@pytest.fixture
def followed(path, group, leader, keiko, now):
    return follow_path(group=group, path=path, by=keiko, at=now)


@pytest.fixture
def newer(path, river, safety, now):
    """The first step asks for two members now, and another one comes after it."""
    (first,) = steps_of(path.versions.get())
    draft = StepDraft(key=first.key, name="知る", courses=(river.pk,), needed_members=2)
    added = StepDraft(name="守る", courses=(safety.pk,), after=(1,))
    return lambda: arrange_steps(path=path, drafts=[draft, added], by=None, at=now)


def _standing(group):
    return standings_on_paths(group, members_of(group))[0]


def test_group_goes_on_with_the_version_it_began(group, followed, newer, river, keiko):
    complete(river, user=keiko)
    assert _standing(group).progress.is_done
    newer()

    standing = _standing(group)
    assert standing.progress.is_done
    assert (standing.followed.version.number, standing.newest) == (1, 2)
    assert standing.is_behind


def test_preview_says_what_stays_what_comes_and_what_changes(
    group, followed, newer, river, keiko
):
    complete(river, user=keiko)
    newer()
    preview = preview_of(followed, members_of(group))

    names = lambda steps: [one.step.name for one in steps]  # noqa: E731
    assert names(preview.kept) == ["知る"]
    assert names(preview.new) == ["守る"]
    assert names(preview.gone) == []
    assert names(preview.changed) == ["知る"]
    assert (preview.now.progress.steps_done, preview.now.progress.steps_counted) == (1, 1)
    assert (preview.then.progress.steps_done, preview.then.progress.steps_counted) == (
        1,
        2,
    )
    assert group.paths.get().version.number == 1


def test_step_that_was_done_stays_done_in_the_newer_version(
    group, followed, newer, path, river, keiko, now
):
    complete(river, user=keiko)
    newer()
    move_to_newest(group=group, path=path, by=keiko, at=now)

    standing = _standing(group)
    first, second = standing.steps
    assert (first.progress.is_done, first.kept.version.number) == (True, 1)
    assert (second.progress.is_done, standing.progress.next_step) == (
        False,
        second.progress,
    )
    with pytest.raises(AlreadyNewest):
        move_to_newest(group=group, path=path, by=keiko, at=now)


def test_step_that_was_not_done_follows_the_newer_rule(
    group, followed, newer, path, river, keiko, now
):
    newer()
    move_to_newest(group=group, path=path, by=keiko, at=now)
    complete(river, user=keiko)

    assert not _standing(group).steps[0].progress.is_done


def test_what_was_done_stays_done_when_the_group_stops_and_begins_again(
    group, followed, newer, path, river, keiko, now
):
    complete(river, user=keiko)
    assert unfollow_path(group=group, path=path, by=keiko, at=now)
    assert standings_on_paths(group, members_of(group)) == []
    newer()
    follow_path(group=group, path=path, by=keiko, at=now)

    standing = _standing(group)
    assert standing.followed.version.number == 2
    assert [one.progress.is_done for one in standing.steps] == [True, False]


def test_only_organisers_move_and_only_what_is_followed(
    group, followed, newer, path, member, hanako, taro, keiko, now
):
    newer()
    with pytest.raises(NotAnOrganiser):
        move_to_newest(group=group, path=path, by=hanako, at=now)
    with pytest.raises(NotAMember):
        move_to_newest(group=group, path=path, by=taro, at=now)
    unfollow_path(group=group, path=path, by=keiko, at=now)
    with pytest.raises(NotFollowed):
        move_to_newest(group=group, path=path, by=keiko, at=now)
