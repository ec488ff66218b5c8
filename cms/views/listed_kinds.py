"""A kind of list by its name in the address, for whom it is meant."""

from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

from django.http import Http404

from accounts.domain.refusal import NotAllowed
from accounts.models import User


class Listed(Protocol):
    @property
    def may(self) -> Callable[[User], bool]: ...


AnyKind = TypeVar("AnyKind", bound=Listed)


def kind_for(kinds: Mapping[str, AnyKind], user: User, name: str) -> AnyKind:
    """Raises: Http404, NotAllowed."""
    if name not in kinds:
        raise Http404
    kind = kinds[name]
    if not kind.may(user):
        raise NotAllowed
    return kind
