"""What the city's own register of groups says, staff write down: groups that exist on
paper, with their number and day of registration, and corrections."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal
from accounts.models import User
from courses.domain.fiscal_year import fiscal_year_of
from enrollments.models import Application
from learning_paths.domain.facts import GroupFacts, write_facts
from learning_paths.domain.group_states import begin, move_group
from learning_paths.domain.locking import lock_group
from learning_paths.domain.membership import require_register_keeper
from learning_paths.domain.refusals import NoSuchMove
from learning_paths.domain.registering import insert_with_free_code
from learning_paths.domain.registration_year import registered_until
from learning_paths.enums import GroupState
from learning_paths.models import Group

KEPT = frozenset({GroupState.REGISTERED, GroupState.LAPSED, GroupState.CLOSED})


class CodeTaken(Refusal):
    sentence = _("この団体番号は、ほかの団体が使っています。")


class GroupInUse(Refusal):
    sentence = _("会員、ステージの記録、道すじ、申込みのどれかがあるため、取り消せません。")


class RegisteredLater(Refusal):
    sentence = _("登録日は、今日までの日付にしてください。")


def enter_group(
    *,
    facts: GroupFacts,
    state: GroupState,
    registered_at: datetime,
    by: User,
    at: datetime,
    code: str = "",
) -> Group:
    """A group without anybody in it yet; without `code` it gets the next number of the
    year of its registration. It is registered until the end of the present year.

    Raises: NotAnOrganiser, NameMissing, NameIsAnAddress, RegisteredLater, CodeTaken,
    NoSuchMove (what only a group may ask).
    """
    require_register_keeper(by)
    if state not in KEPT:
        raise NoSuchMove
    if registered_at > at:
        raise RegisteredLater
    facts = facts.tidied()
    group = Group(
        code=code,
        name=facts.name,
        state=state,
        registered_at=registered_at,
        registered_until=registered_until(at),
    )
    with transaction.atomic():
        _insert(group, registered_at)
        write_facts(group, facts)
        begin(group, by=by, at=at)
    return group


def _insert(group: Group, registered_at: datetime) -> None:
    if not group.code:
        insert_with_free_code(group, fiscal_year_of(registered_at))
        return
    try:
        with transaction.atomic():
            group.save(force_insert=True)
    except IntegrityError as taken:
        raise CodeTaken from taken


def keep_register(
    *, group: Group, facts: GroupFacts, state: GroupState, by: User, at: datetime
) -> Group:
    """The register as staff keep it; ending and resuming a registration is theirs.

    Raises: NotAnOrganiser for anybody else, NameMissing, NameIsAnAddress, NoSuchMove.
    """
    require_register_keeper(by)
    facts = facts.tidied()
    with transaction.atomic():
        fresh = lock_group(group.pk)
        was = fresh.state
        move_group(fresh, state, by=by, at=at)
        if state == GroupState.REGISTERED and was != state:
            fresh.merged_into = None
            fresh.registered_until = registered_until(at)
            fresh.save(update_fields=["registered_until", "merged_into"])
        write_facts(fresh, facts)
    return fresh


def strike_group(*, group: Group, by: User) -> None:
    """Taken out of the register again, while nobody and nothing belongs to it.

    Raises: NotAnOrganiser, GroupInUse.
    """
    require_register_keeper(by)
    with transaction.atomic():
        fresh = lock_group(group.pk)
        used = (
            fresh.memberships.exists()
            or fresh.stage_records.exists()
            or fresh.paths.exists()
            or fresh.moves.count() > 1
            or Application.objects.filter(group_code=fresh.code).exists()
        )
        if used:
            raise GroupInUse
        fresh.delete()
