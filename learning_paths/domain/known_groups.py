"""Tells the apps below which registered groups there are, and who belongs to them."""

from collections.abc import Iterable

from django.db.models import QuerySet

from accounts.models import User
from courses.models.querysets import SessionQuerySet
from enrollments.domain.known_groups import GroupSource, KnownGroup, register
from learning_paths.domain.queries import sessions_for_groups
from learning_paths.domain.recommending import grounds_of_person
from learning_paths.enums import GroupState, MembershipState
from learning_paths.models import Group

REGISTERED = Group.objects.filter(state=GroupState.REGISTERED)


def _mine(user: User) -> QuerySet[Group]:
    return REGISTERED.filter(
        memberships__user=user, memberships__state=MembershipState.ACTIVE
    )


def _of_person(user: User) -> Iterable[KnownGroup]:
    mine = _mine(user).values_list("code", "name")
    return [KnownGroup(code, name) for code, name in mine]


def _every() -> Iterable[KnownGroup]:
    return [KnownGroup(*row) for row in REGISTERED.values_list("code", "name")]


def _sessions(user: User) -> SessionQuerySet:
    return sessions_for_groups(_mine(user))


SOURCE = GroupSource(
    of_person=_of_person, every=_every, sessions=_sessions, grounds=grounds_of_person
)


def tell_of_groups() -> None:
    register(SOURCE)
