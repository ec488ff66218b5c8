"""What people have completed, for many people at once: the same rule as a person's own
learning record, in two queries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from allauth.account.models import EmailAddress
from django.db.models import Q

from accounts.domain.contact import kana_key
from accounts.models import User
from enrollments.models import Completion


def completed_courses(users: Iterable[User]) -> frozenset[tuple[int, int]]:
    """Pairs of user and course keys."""
    return frozenset(
        (user, completion.participant.application.run.course_id)
        for user, completion in completions_of(users)
    )


def completions_of(users: Iterable[User]) -> Iterator[tuple[int, Completion]]:
    """Each with the key of its user, with its run.

    Agrees with `own_completions`: completed as the applicant, with the account, or
    without any account from one of its confirmed addresses under its own reading
    of the name.
    """
    readings = {user.pk: kana_key(user.full_name_kana) for user in users}
    owners = _owners_of_addresses(readings)
    guest = Q(
        participant__application__user__isnull=True,
        participant__application__email__in=list(owners),
    )
    found = (
        Completion.objects.filter(participant__is_applicant=True)
        .filter(Q(participant__application__user__in=list(readings)) | guest)
        .select_related("participant__application__run__course")
    )
    for completion in found:
        participant = completion.participant
        application = participant.application
        if application.user_id is not None:
            yield application.user_id, completion
            continue
        kana = kana_key(participant.full_name_kana)
        for owner in owners[application.email]:
            if kana and readings[owner] == kana:
                yield owner, completion


def _owners_of_addresses(users: Iterable[int]) -> dict[str, list[int]]:
    """Confirmed addresses in lower case, as applications keep them, and whose they are."""
    owners: dict[str, list[int]] = defaultdict(list)
    confirmed = EmailAddress.objects.filter(user__in=list(users), verified=True)
    for address, user in confirmed.values_list("email", "user"):
        if address:
            owners[address.lower()].append(user)
    return owners
