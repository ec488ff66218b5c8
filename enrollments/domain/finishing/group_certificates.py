"""What the register asks the app above about certificates of groups, which live in a layer
that this one must not import; its `ready` names its source here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from accounts.domain.refusal import NotAllowed
from accounts.models import User
from enrollments.models import Certificate


@dataclass(frozen=True)
class GroupCertificates:
    """`may_keep`: staff who look after the register of groups. `name_now` locks the group
    of a subject and says what it is called; `is_public`: whether its name is to be read
    by everybody now; `tell` writes to those who speak for it."""

    may_keep: Callable[[User], bool]
    name_now: Callable[[str], str]
    is_public: Callable[[str], bool]
    tell: Callable[[Certificate, datetime], None]


_sources: list[GroupCertificates] = []


def register(source: GroupCertificates) -> None:
    if source not in _sources:
        _sources.append(source)


def may_keep(user: User) -> bool:
    return any(source.may_keep(user) for source in _sources)


def require_keeper(user: User) -> None:
    """Raises: NotAllowed."""
    if not may_keep(user):
        raise NotAllowed


def name_now(subject: str) -> str:
    """The group is locked until the transaction ends."""
    return _sources[0].name_now(subject)


def public_name(certificate: Certificate) -> str:
    """The name on a group's certificate while the group is public; else empty, always
    for a person's."""
    if certificate.is_of_group and _sources[0].is_public(certificate.subject):
        return certificate.holder
    return ""


def tell_group(certificate: Certificate, *, at: datetime) -> None:
    _sources[0].tell(certificate, at)
