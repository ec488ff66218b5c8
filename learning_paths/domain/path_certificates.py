"""A group that has finished a path gets a certificate of it, once, when 代表, 担当 or the
staff who keep the register ask for it: what it rests on was confirmed before, course by
course, so nobody decides about it anew (ADR 38)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.domain.sections import section_of
from accounts.models import User
from enrollments.domain.finishing.entries import Entry, enter_in_register
from enrollments.domain.finishing.group_certificates import (
    GroupCertificates,
    register,
    tell_group,
)
from enrollments.enums import CertificateKind
from enrollments.models import Certificate
from learning_paths.domain.finished import day_finished
from learning_paths.domain.locking import lock_group, lock_registered_group
from learning_paths.domain.membership import may_manage_groups, require_organiser
from learning_paths.domain.path_refusals import (
    NotFollowed,
    PathCertified,
    PathNotFinished,
)
from learning_paths.domain.progress import Key
from learning_paths.domain.queries import members_of, public_groups
from learning_paths.domain.standings import Members, PathStanding, standing_of
from learning_paths.domain.telling import tell_organisers
from learning_paths.models import Group, GroupPath, Path


def issue_path_certificate(
    *, group: Group, path: Path, by: User, at: datetime, tell: bool = True
) -> Certificate:
    """In the group's name as it is now.

    Raises: NotAMember, NotAnOrganiser, GroupClosed and its like, NotFollowed,
    PathNotFinished, PathCertified.
    """
    with transaction.atomic():
        fresh = lock_registered_group(group.pk)
        if not may_manage_groups(by):
            require_organiser(by, fresh)
        followed = fresh.paths.filter(path=path).first()
        if followed is None:
            raise NotFollowed
        members = members_of(fresh)
        standing = standing_of(followed, members)
        if not standing.progress.is_done:
            raise PathNotFinished
        if certificates_of([followed]):
            raise PathCertified
        entry = _entry(fresh, standing, Members(members), by=by, at=at)
        certificate = enter_in_register([entry], by=by, at=at)[0]
        if tell:
            tell_group(certificate, at=at)
    return certificate


def certificates_of(followed: Iterable[GroupPath]) -> dict[int, Certificate]:
    """The valid ones, by the key of what the group follows. One query."""
    subjects = [str(one.pk) for one in followed]
    found = Certificate.objects.filter(
        kind=CertificateKind.PATH, subject__in=subjects, revoked_at=None
    )
    return {int(one.subject): one for one in found.select_related("replaces")}


def _entry(
    group: Group, standing: PathStanding, own: Members, *, by: User, at: datetime
) -> Entry:
    section = section_of(by) if may_manage_groups(by) else None
    return Entry(
        kind=CertificateKind.PATH,
        holder=group.name,
        title=standing.path.name,
        section=section.name if section else "",
        completed_on=_finished_on(standing, own, at=at),
        done=standing.progress.steps_done,
        of=standing.progress.steps_counted,
        subject=str(standing.followed.pk),
    )


def _finished_on(standing: PathStanding, own: Members, *, at: datetime) -> date:
    """The day of the last completion that was needed. Steps kept from another version say
    only since when they are kept; who joined later brought completions along."""
    kept: dict[Key, date] = {
        one.step.key: one.kept.kept_on for one in standing.steps if one.kept
    }
    day = day_finished(standing.progress, own.completed, own.roles, kept=kept)
    return day or timezone.localdate(at)


def _group_of(subject: str) -> Group:
    return GroupPath.objects.select_related("group").get(pk=int(subject)).group


def _name_now(subject: str) -> str:
    return lock_group(_group_of(subject).pk).name


def _is_public(subject: str) -> bool:
    return public_groups().filter(paths__pk=int(subject)).exists()


def _tell(certificate: Certificate, at: datetime) -> None:
    tell_organisers(
        _group_of(certificate.subject),
        "group_certificate",
        at=at,
        about=certificate,
        certificate=certificate,
    )


SOURCE = GroupCertificates(
    may_keep=may_manage_groups, name_now=_name_now, is_public=_is_public, tell=_tell
)


def tell_of_certificates() -> None:
    register(SOURCE)
