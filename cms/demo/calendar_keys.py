"""Who subscribes to what: two programs of the resident, and one of the officer's section.
Their addresses are known to nobody."""

import secrets
from datetime import datetime, timedelta

from accounts.models import User
from enrollments.domain.calendar_tokens import (
    CalendarChoices,
    issue_calendar_token,
)
from enrollments.enums import CalendarClient, CalendarScope
from enrollments.models import CalendarToken


def build_calendar_keys(*, resident: User, officer: User, at: datetime) -> None:
    phone = _key(resident, "自分のスマホ", at - timedelta(days=40))
    _used(phone, CalendarClient.APPLE, at - timedelta(hours=2))
    choices = CalendarChoices(with_link=False, with_groups=True)
    shared = _key(resident, "家族のカレンダー", at - timedelta(days=12), choices=choices)
    _used(shared, CalendarClient.GOOGLE, at - timedelta(hours=9))
    section = _key(
        officer, "係の予定表", at - timedelta(days=60), scope=CalendarScope.SECTION
    )
    _used(section, CalendarClient.OUTLOOK, at - timedelta(hours=1))


def _key(user: User, name: str, at: datetime, **more: object) -> CalendarToken:
    token = secrets.token_urlsafe(32)
    return issue_calendar_token(user=user, name=name, token=token, at=at, **more)  # type: ignore[arg-type]


def _used(key: CalendarToken, client: CalendarClient, at: datetime) -> None:
    CalendarToken.objects.filter(pk=key.pk).update(last_used_at=at, last_client=client)
