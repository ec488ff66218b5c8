"""A secret calendar is opened by a key of its own, made once, replaced or revoked alone;
each of these acts leaves a trace."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.domain.contact import tidy_text
from accounts.domain.refusal import NotAllowed, Refusal
from accounts.domain.sections import section_of
from accounts.models import User
from enrollments.enums import CalendarAct, CalendarScope
from enrollments.models import CalendarToken, CalendarTokenStep

MOST_TOKENS = 20


class TooManyCalendars(Refusal):
    sentence = _("アドレスは20個までつくれます。使っていないものを無効にしてください。")


class CalendarNameMissing(Refusal):
    sentence = _("使いみちを入力してください。")


class NoSection(Refusal):
    sentence = _("課の予定のアドレスをつくれるのは、課に属する職員です。")


class AddressEnded(Refusal):
    sentence = _("このアドレスはすでに無効です。新しいアドレスをつくってください。")


@dataclass(frozen=True)
class CalendarChoices:
    """What a personal calendar shows beside confirmed places."""

    with_waiting: bool = True
    with_link: bool = True
    with_groups: bool = False


DEFAULT = CalendarChoices()


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def issue_calendar_token(
    *,
    user: User,
    name: str,
    token: str,
    at: datetime,
    scope: str = CalendarScope.OWN,
    choices: CalendarChoices = DEFAULT,
) -> CalendarToken:
    """`token` holds 256 bits from the system's generator; only its digest is stored.

    Raises: CalendarNameMissing, TooManyCalendars, NoSection.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if live_tokens(user).count() >= MOST_TOKENS:
        raise TooManyCalendars
    section = section_of(user) if scope == CalendarScope.SECTION else None
    if scope == CalendarScope.SECTION and section is None:
        raise NoSection
    made = CalendarToken.objects.create(
        user=user,
        name=_tidy(name),
        scope=scope,
        department=section,
        digest=digest_of(token),
        created_at=at,
        **asdict(choices),
    )
    _trace(made, CalendarAct.ISSUED, by=user, at=at)
    return made


@transaction.atomic
def change_calendar_token(
    *,
    calendar_token: CalendarToken,
    name: str,
    choices: CalendarChoices,
    by: User,
    at: datetime,
) -> CalendarToken:
    """Rename it, and choose anew what it shows. Changed choices count as a revision, so
    that programs take over what they change.

    Raises: NotAllowed, AddressEnded, CalendarNameMissing.
    """
    found = _locked(calendar_token, by)
    chosen = asdict(choices)
    if any(getattr(found, field) != value for field, value in chosen.items()):
        found.revision, found.revised_at = found.revision + 1, at
    elif found.name == _tidy(name):
        return found
    found.name = _tidy(name)
    for field, value in chosen.items():
        setattr(found, field, value)
    found.save(update_fields=["name", "revision", "revised_at", *chosen])
    _trace(found, CalendarAct.CHANGED, by=by, at=at)
    return found


@transaction.atomic
def rotate_calendar_token(
    *, calendar_token: CalendarToken, token: str, by: User, at: datetime
) -> CalendarToken:
    """A new address for the same calendar; the former one is unknown from now on.

    Raises: NotAllowed, AddressEnded.
    """
    found = _locked(calendar_token, by)
    found.digest, found.last_used_at, found.last_client = digest_of(token), None, ""
    found.save(update_fields=["digest", "last_used_at", "last_client"])
    _trace(found, CalendarAct.ROTATED, by=by, at=at)
    return found


@transaction.atomic
def revoke_calendar_token(
    *, calendar_token: CalendarToken, by: User, at: datetime
) -> CalendarToken:
    """From now on its address answers as if it had never been; doing it twice is fine.

    Raises: NotAllowed for anybody but its owner.
    """
    try:
        found = _locked(calendar_token, by)
    except AddressEnded:
        return CalendarToken.objects.get(pk=calendar_token.pk)
    found.revoked_at = at
    found.save(update_fields=["revoked_at"])
    _trace(found, CalendarAct.REVOKED, by=by, at=at)
    return found


def live_tokens(user: User) -> QuerySet[CalendarToken]:
    return CalendarToken.objects.filter(user=user, revoked_at=None)


def _locked(calendar_token: CalendarToken, by: User) -> CalendarToken:
    found = CalendarToken.objects.select_for_update().get(pk=calendar_token.pk)
    if found.user_id != by.pk:
        raise NotAllowed
    if found.revoked_at is not None:
        raise AddressEnded
    return found


def _tidy(name: str) -> str:
    tidy = tidy_text(name)
    if not tidy:
        raise CalendarNameMissing
    return tidy


def _trace(token: CalendarToken, act: CalendarAct, *, by: User, at: datetime) -> None:
    CalendarTokenStep.objects.create(token=token, act=act, by=by, at=at)
