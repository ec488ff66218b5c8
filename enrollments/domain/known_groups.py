"""Which registered groups somebody belongs to, as an app above this one tells.

Groups live in a layer that this one must not import; its `ready` names its source here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from accounts.models import User
from courses.models.querysets import SessionQuerySet
from enrollments.domain.recommending.ranking import Ground


@dataclass(frozen=True)
class KnownGroup:
    code: str
    name: str


@dataclass(frozen=True)
class GroupSource:
    """`of_person`: the registered groups that somebody takes part in now; `every`: all
    registered groups, for staff who enter what a group sent in; `sessions`: what the
    paths of somebody's groups hold; `grounds`: what these groups let recommend."""

    of_person: Callable[[User], Iterable[KnownGroup]]
    every: Callable[[], Iterable[KnownGroup]]
    sessions: Callable[[User], SessionQuerySet]
    grounds: Callable[[User], Iterable[Ground]]


_sources: list[GroupSource] = []


def register(source: GroupSource) -> None:
    if source not in _sources:
        _sources.append(source)


def groups_of(user: User) -> tuple[KnownGroup, ...]:
    return tuple(group for source in _sources for group in source.of_person(user))


def every_group() -> tuple[KnownGroup, ...]:
    return tuple(group for source in _sources for group in source.every())


def sessions_of_groups(user: User) -> list[SessionQuerySet]:
    """Of the groups that somebody takes part in now."""
    return [source.sessions(user) for source in _sources]


def grounds_of_groups(user: User) -> frozenset[Ground]:
    """What the groups in which somebody takes part let recommend to them."""
    return frozenset(ground for source in _sources for ground in source.grounds(user))
