"""What the city's own register of groups says, staff write down: groups that exist on
paper, with their number and day of registration."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.domain.contact import tidy_kana
from accounts.domain.refusal import Refusal
from accounts.models import User
from courses.domain.fiscal_year import fiscal_year_of
from enrollments.models import Application
from learning_paths.domain.locking import lock_group
from learning_paths.domain.membership import may_manage_groups
from learning_paths.domain.refusals import NotAnOrganiser
from learning_paths.domain.registering import group_name, insert_with_free_code
from learning_paths.enums import GroupState
from learning_paths.models import Group


class CodeTaken(Refusal):
    sentence = _("この団体番号は、ほかの団体が使っています。")


class GroupInUse(Refusal):
    sentence = _("会員、ステージの記録、道すじ、申込みのどれかがあるため、取り消せません。")


class RegisteredLater(Refusal):
    sentence = _("登録日は、今日までの日付にしてください。")


def enter_group(
    *,
    name: str,
    name_kana: str,
    activity: str,
    state: GroupState,
    registered_at: datetime,
    by: User,
    at: datetime,
    code: str = "",
) -> Group:
    """A registered group, without anybody in it yet; without `code` it gets the next
    number of the year of its registration.

    Raises: NotAnOrganiser, NameMissing, NameIsAnAddress, RegisteredLater, CodeTaken.
    """
    if not may_manage_groups(by):
        raise NotAnOrganiser
    if registered_at > at:
        raise RegisteredLater
    group = Group(
        code=code,
        name=group_name(name),
        name_kana=tidy_kana(name_kana),
        activity=activity.strip(),
        state=state,
        registered_at=registered_at,
    )
    with transaction.atomic():
        if not code:
            insert_with_free_code(group, fiscal_year_of(registered_at))
            return group
        try:
            with transaction.atomic():
                group.save(force_insert=True)
        except IntegrityError as taken:
            raise CodeTaken from taken
    return group


def strike_group(*, group: Group, by: User) -> None:
    """Taken out of the register again, while nobody and nothing belongs to it.

    Raises: NotAnOrganiser, GroupInUse.
    """
    if not may_manage_groups(by):
        raise NotAnOrganiser
    with transaction.atomic():
        fresh = lock_group(group.pk)
        used = (
            fresh.memberships.exists()
            or fresh.stage_records.exists()
            or fresh.paths.exists()
            or Application.objects.filter(group_code=fresh.code).exists()
        )
        if used:
            raise GroupInUse
        fresh.delete()
