"""Which members already have, or wait for, a place in a run: by their own account, or as
somebody whom the group sends."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Q

from enrollments.models import Participant
from enrollments.models.querysets import LIVE
from learning_paths.models import Membership


def members_in_runs(
    members: Iterable[Membership], runs: Iterable[int]
) -> Mapping[int, frozenset[int]]:
    """Run → memberships, by their keys, in one query."""
    known = list(members)
    by_key = {one.key: one.pk for one in known}
    by_user = {one.user_id: one.pk for one in known if one.user_id is not None}
    own = Q(user__in=by_user) | Q(member_key__in=by_key)
    applied = Q(is_applicant=True, application__user__in=by_user)
    rows = Participant.objects.filter(
        own | applied, application__run__in=list(runs), application__state__in=LIVE
    ).values_list(
        "application__run", "member_key", "user", "is_applicant", "application__user"
    )
    found: dict[int, set[int]] = defaultdict(set)
    for run, key, user, is_applicant, applicant in rows:
        own_account = user or (applicant if is_applicant else None)
        member = by_key.get(key) if key else by_user.get(own_account or 0)
        if member is not None:
            found[run].add(member)
    return {run: frozenset(keys) for run, keys in found.items()}


def places_become_own(membership: Membership) -> None:
    """What a member learned before having an account stands in the account's record."""
    kept = Participant.objects.filter(member_key=membership.key, user=None)
    kept.update(user=membership.user_id)
