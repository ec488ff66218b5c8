"""Tells the apps below which registered groups there are, and who belongs to them."""

from collections.abc import Iterable

from accounts.models import User
from enrollments.domain.known_groups import GroupSource, KnownGroup, register
from learning_paths.enums import GroupState, MembershipState
from learning_paths.models import Group

REGISTERED = Group.objects.filter(state=GroupState.REGISTERED)


def _of_person(user: User) -> Iterable[KnownGroup]:
    mine = REGISTERED.filter(
        memberships__user=user, memberships__state=MembershipState.ACTIVE
    )
    return [KnownGroup(code, name) for code, name in mine.values_list("code", "name")]


def _every() -> Iterable[KnownGroup]:
    return [KnownGroup(*row) for row in REGISTERED.values_list("code", "name")]


SOURCE = GroupSource(of_person=_of_person, every=_every)


def tell_of_groups() -> None:
    register(SOURCE)
