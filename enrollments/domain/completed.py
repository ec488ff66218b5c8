"""What people have completed, for many people at once: the same rule as a person's own
learning record, in two queries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Q

from accounts.domain.contact import kana_key
from accounts.models import User
from enrollments.models import Completion


@dataclass(frozen=True)
class CompletedCourse:
    """By whom (an account, a member whom a group sent, or both), what, and when."""

    user: int | None
    member: UUID | None
    course: int
    on: date


def completed_courses(users: Iterable[User]) -> frozenset[tuple[int, int]]:
    """Pairs of user and course keys."""
    return frozenset(
        (one.user, one.course) for one in completed_by(users) if one.user is not None
    )


def completions_of(users: Iterable[User]) -> Iterator[tuple[int, Completion]]:
    """Each with the key of its user, with its run and course."""
    readings = {user.pk: kana_key(user.full_name_kana) for user in users}
    owners = _owners_of_addresses(readings)
    for completion in _completions(list(readings), list(owners), []):
        for user in _people_of(completion, readings, owners):
            yield user, completion


def completed_by(
    users: Iterable[User], members: Iterable[UUID] = ()
) -> list[CompletedCourse]:
    """Of these accounts and of these members of groups.

    Agrees with `own_completions`: completed as the applicant, with the account, or
    without any account from one of its confirmed addresses under its own reading of
    the name; or as somebody whom a group sent.
    """
    readings = {user.pk: kana_key(user.full_name_kana) for user in users}
    owners = _owners_of_addresses(readings)
    found: list[CompletedCourse] = []
    for completion in _completions(list(readings), list(owners), list(members)):
        people: list[int | None] = [*_people_of(completion, readings, owners)]
        member = completion.participant.member_key
        course = completion.participant.application.run.course_id
        found += [
            CompletedCourse(user, member, course, completion.completed_on)
            for user in people or ([None] if member else [])
        ]
    return found


def _completions(
    users: list[int], addresses: list[str], members: list[UUID]
) -> Iterable[Completion]:
    guest = Q(
        participant__application__user__isnull=True,
        participant__application__email__in=addresses,
    )
    own = Q(participant__is_applicant=True) & (
        Q(participant__application__user__in=users) | guest
    )
    sent = Q(participant__user__in=users) | Q(participant__member_key__in=members)
    return Completion.objects.filter(own | sent).select_related(
        "participant__application__run__course"
    )


def _people_of(
    completion: Completion, readings: dict[int, str], owners: dict[str, list[int]]
) -> list[int]:
    participant = completion.participant
    application = participant.application
    if participant.user_id is not None:
        return [participant.user_id] if participant.user_id in readings else []
    if not participant.is_applicant:
        return []
    if application.user_id is not None:
        return [application.user_id] if application.user_id in readings else []
    kana = kana_key(participant.full_name_kana)
    return [
        owner
        for owner in owners.get(application.email, ())
        if kana and readings[owner] == kana
    ]


def _owners_of_addresses(users: Iterable[int]) -> dict[str, list[int]]:
    """Confirmed addresses in lower case, as applications keep them, and whose they are."""
    owners: dict[str, list[int]] = defaultdict(list)
    confirmed = EmailAddress.objects.filter(user__in=list(users), verified=True)
    for address, user in confirmed.values_list("email", "user"):
        if address:
            owners[address.lower()].append(user)
    return dict(owners)
