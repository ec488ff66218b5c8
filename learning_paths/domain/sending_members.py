"""代表 and 担当 apply for several members at once: one application, which gets all of the
places or none, from the places of groups where the run has any."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal
from accounts.models import User
from courses.domain.pools import RESIDENT_POOLS
from courses.enums import PoolKind
from courses.models import CourseRun
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.places import Place
from enrollments.domain.requests import SeatRequest
from enrollments.models import Application
from learning_paths.domain.locking import lock_registered_group
from learning_paths.domain.member_names import is_named, name_of_member, person_of
from learning_paths.domain.membership import require_organiser
from learning_paths.domain.sent_members import members_in_runs
from learning_paths.enums import MembershipState
from learning_paths.models import Group, Membership


class NobodySent(Refusal):
    sentence = _("参加する会員を一人以上えらんでください。")


class MemberGone(Refusal):
    sentence = _("えらんだ会員のなかに、退会した方か、お名前が未登録の方がいます。")


class HavePlaces(Refusal):
    def __init__(self, names: str) -> None:
        words = _("%(names)sさんは、この開催にすでに申し込んでいます。外してください。")
        super().__init__(words % {"names": names})


@dataclass(frozen=True)
class Sent:
    """Whom the group sends; the places that it asks for."""

    members: Sequence[Membership]
    place: Place | None


def places_for_group(places: Collection[Place]) -> tuple[Place, ...]:
    """Those of groups, else those of residents; one for each session to choose."""
    kinds = {place.kind for place in places}
    for kind in (PoolKind.GROUPS, *RESIDENT_POOLS):
        if kind in kinds:
            return tuple(place for place in places if place.kind == kind)
    return ()


def apply_for_members(
    *,
    group: Group,
    run: CourseRun,
    sent: Sent,
    request: SeatRequest,
    by: User,
    at: datetime,
) -> Application:
    """`request` says how `by` is reached and answers what the run asks; who comes is in
    `sent`. The same form again gives the first application.

    Raises: NotAMember, NotAnOrganiser, GroupClosed, NobodySent, MemberGone, HavePlaces,
    and the refusals of applying.
    """
    with transaction.atomic():
        fresh = lock_registered_group(group.pk)
        own = require_organiser(by, fresh)
        sent_before = run.applications.filter(submission_key=request.submission_key)
        first = sent_before.filter(group_code=fresh.code).first()
        if first is not None:
            return first
        members = _present(fresh, sent.members)
        _require_without_places(members, run)
        goes = any(one.pk == own.pk for one in members)
        members.sort(key=lambda one: one.pk != own.pk)
        people = [person_of(one) for one in members]
        return apply_for_seat(
            run=run,
            request=replace(
                request,
                applicant=people[0] if goes else request.applicant,
                companions=tuple(people[1:] if goes else people),
                attends=goes,
                group_code=fresh.code,
                session=sent.place.pool.session_id if sent.place else None,
            ),
            by=by,
            at=at,
            pool_kind=sent.place.kind if sent.place else None,
        )


def _present(group: Group, chosen: Sequence[Membership]) -> list[Membership]:
    if not chosen:
        raise NobodySent
    found = list(
        Membership.objects.filter(
            group=group, state=MembershipState.ACTIVE, pk__in=[one.pk for one in chosen]
        )
        .select_related("user__resident_profile")
        .order_by("joined_at", "pk")
    )
    if len(found) < len({one.pk for one in chosen}) or not all(map(is_named, found)):
        raise MemberGone
    return found


def _require_without_places(members: Sequence[Membership], run: CourseRun) -> None:
    placed = members_in_runs(members, [run.pk]).get(run.pk, frozenset())
    names = [name_of_member(one) for one in members if one.pk in placed]
    if names:
        raise HavePlaces("、".join(names))
