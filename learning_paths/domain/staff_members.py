"""Who belongs to a group by the city's own register, staff write down. Somebody whose
address is confirmed here is a member at once; anybody else has an open invitation."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.domain.addresses import owner_of
from accounts.domain.contact import tidy_email, tidy_kana, tidy_text
from accounts.domain.refusal import Refusal
from accounts.models import User
from learning_paths.domain.leaving import require_another_leader
from learning_paths.domain.locking import lock_group, lock_registered_group
from learning_paths.domain.membership import may_manage_groups
from learning_paths.domain.refusals import AlreadyMember, HasLeft, NotAnOrganiser
from learning_paths.enums import MemberRole, MembershipState
from learning_paths.models import Group, Membership

CLOCKS_DIFFER = timedelta(minutes=5)


class DaysOutOfOrder(Refusal):
    sentence = _("参加日と退会日は、今日までの日付で、参加、退会の順にしてください。")


class NotInTheGroup(Refusal):
    sentence = _("この団体の会員ではないため、退会にできません。")


class NobodyNamed(Refusal):
    sentence = _("氏名かメールアドレスを入力してください。")


@dataclass(frozen=True)
class Standing:
    """How somebody stands in a group: everything that staff may say of it."""

    role: MemberRole
    state: MembershipState
    joined_at: datetime | None
    left_at: datetime | None = None


def standing_of(membership: Membership) -> Standing:
    return Standing(
        MemberRole(membership.role),
        MembershipState(membership.state),
        membership.joined_at,
        membership.left_at,
    )


def present_in(group_pk: int, email: str) -> Membership | None:
    """By the address invited, or by an account for which it is confirmed."""
    owner = owner_of(email)
    mine = Q(email=email) | (Q(user=owner) if owner else Q(pk=None))
    found = Membership.objects.filter(mine, group=group_pk)
    return found.exclude(state=MembershipState.LEFT).first()


@dataclass(frozen=True)
class OnPaper:
    """Somebody as the group's list of members names them, who may have no address."""

    family_name: str = ""
    given_name: str = ""
    family_name_kana: str = ""
    given_name_kana: str = ""
    phone: str = ""

    def tidied(self) -> "OnPaper":
        return OnPaper(
            tidy_text(self.family_name),
            tidy_text(self.given_name),
            tidy_kana(self.family_name_kana),
            tidy_kana(self.given_name_kana),
            tidy_text(self.phone),
        )


def enter_member(
    *,
    group: Group,
    email: str,
    role: MemberRole,
    joined_at: datetime | None,
    by: User,
    at: datetime,
    person: OnPaper = OnPaper(),
) -> Membership:
    """Nobody is written to. Whoever is named, or has an account with this address, is a
    member at once.

    Raises: NotAnOrganiser, GroupClosed, AlreadyMember, DaysOutOfOrder, NobodyNamed.
    """
    _require_staff(by)
    if joined_at is not None and joined_at > at + CLOCKS_DIFFER:
        raise DaysOutOfOrder
    address, person = tidy_email(email), person.tidied()
    if not (address or person.family_name):
        raise NobodyNamed
    with transaction.atomic():
        fresh = lock_registered_group(group.pk)
        _require_new(fresh, address, person)
        owner = owner_of(address) if address else None
        is_known = owner is not None or person.family_name != ""
        return Membership.objects.create(
            group=fresh,
            user=owner,
            email=address,
            role=role,
            state=MembershipState.ACTIVE if is_known else MembershipState.INVITED,
            invited_at=at,
            joined_at=(joined_at or at) if is_known else None,
            **asdict(person),
        )


def on_paper_in(group_pk: int, person: OnPaper) -> Membership | None:
    """By names and telephone, as they are written down."""
    found = Membership.objects.filter(group=group_pk, email="", **asdict(person))
    return found.exclude(state=MembershipState.LEFT).first()


def _require_new(group: Group, address: str, person: OnPaper) -> None:
    """Two people of one name tell each other apart by their telephone.

    Raises: AlreadyMember.
    """
    known = present_in(group.pk, address) if address else on_paper_in(group.pk, person)
    if known is not None:
        raise AlreadyMember


def restate_member(
    *, membership: Membership, standing: Standing, by: User, at: datetime
) -> Membership:
    """Role and days as the register has them; a group keeps one 代表.

    Raises: NotAnOrganiser, LastLeader, DaysOutOfOrder.
    """
    _require_staff(by)
    days = [day for day in (standing.joined_at, standing.left_at) if day is not None]
    if any(day > at + CLOCKS_DIFFER for day in days) or days != sorted(days):
        raise DaysOutOfOrder
    with transaction.atomic():
        lock_group(membership.group_id)
        fresh = Membership.objects.select_related("group").get(pk=membership.pk)
        leads = fresh.state == MembershipState.ACTIVE
        stays = standing.role == MemberRole.LEADER and standing.left_at is None
        if leads and not stays:
            require_another_leader(fresh)
        fresh.role, fresh.state = standing.role, standing.state
        fresh.joined_at, fresh.left_at = standing.joined_at, standing.left_at
        fresh.save(update_fields=["role", "state", "joined_at", "left_at"])
    return fresh


def strike_member(*, membership: Membership, by: User) -> None:
    """As if never entered; by the register a group may have nobody who leads it.

    Raises: NotAnOrganiser, HasLeft.
    """
    _require_staff(by)
    with transaction.atomic():
        lock_group(membership.group_id)
        fresh = Membership.objects.filter(pk=membership.pk).first()
        if fresh is None:
            raise HasLeft
        fresh.delete()


def _require_staff(by: User) -> None:
    if not may_manage_groups(by):
        raise NotAnOrganiser
