"""The worker's side of the outbox: claim, send, settle. A claimed message whose fate
is unknown is shown to a person and never sent again by itself.
"""

import smtplib
from datetime import datetime, timedelta

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import QuerySet

from accounts.models import User
from enrollments.domain.mail import mail_of
from enrollments.enums import NotificationState as State
from enrollments.models import Notification

MAX_ATTEMPTS = 6
FIRST_PAUSE = timedelta(minutes=1)
CLAIM_LASTS = timedelta(minutes=10)
# So few that with the slowest server (EMAIL_TIMEOUT each) the last of them is settled
# before another worker could take its claim for abandoned.
AT_ONCE = 20


def claim_next(*, at: datetime) -> Notification | None:
    """Take one due message for this worker; another worker cannot take it too."""
    due = Notification.objects.filter(state=State.PENDING, due_at__lte=at)
    for message in due.order_by("due_at", "pk")[:20]:
        claimed = Notification.objects.filter(pk=message.pk, state=State.PENDING).update(
            state=State.SENDING, claimed_at=at, attempts=message.attempts + 1
        )
        if claimed:
            message.refresh_from_db()
            return message
    return None


def mark_abandoned(*, at: datetime) -> int:
    """Messages whose worker died between claiming and settling: nobody knows whether
    they went out, so a person decides."""
    return Notification.objects.filter(
        state=State.SENDING, claimed_at__lt=at - CLAIM_LASTS
    ).update(state=State.IN_DOUBT, last_error="送信の途中で処理が止まりました")


def doubt_unsent(*, at: datetime) -> int:
    """After a backup was put back: what was due may have gone out since it was made."""
    return Notification.objects.filter(
        state__in=(State.PENDING, State.SENDING), due_at__lte=at
    ).update(state=State.IN_DOUBT, last_error="バックアップから戻しました")


def send_claimed(
    *, message: Notification, connection: BaseEmailBackend, at: datetime
) -> None:
    """Hand one claimed message over and settle it."""
    mail = mail_of(message, at=at)
    try:
        connection.send_messages([mail])
    except smtplib.SMTPRecipientsRefused as error:
        _refused(message, at, error, finally_=_all_permanent(error))
    except smtplib.SMTPResponseException as error:
        _refused(message, at, error, finally_=500 <= error.smtp_code < 600)
    except Exception as error:
        # The connection broke after it was opened: the server may have it.
        _settle(message, State.IN_DOUBT, at, error)
    else:
        _settle(message, State.SENT, at)


def deliver_due(*, at: datetime, limit: int = AT_ONCE) -> int:
    """Send what is due; returns how many messages were handed over or tried."""
    mark_abandoned(at=at)
    handled = 0
    while handled < limit and (message := claim_next(at=at)):
        connection = get_connection()
        try:
            connection.open()
        except Exception as error:
            _refused(message, at, error, finally_=False)
            return handled
        try:
            send_claimed(message=message, connection=connection, at=at)
        finally:
            connection.close()
        handled += 1
    return handled


def send_again(*, message: Notification, by: User, at: datetime) -> bool:
    """A person decides to send a dead or doubtful message once more."""
    return bool(
        Notification.objects.filter(
            pk=message.pk, state__in=(State.DEAD, State.IN_DOUBT)
        ).update(state=State.PENDING, attempts=0, due_at=at, settled_by=by, last_error="")
    )


def send_all_again(*, messages: QuerySet[Notification], by: User, at: datetime) -> int:
    """Those that the server refused; what may have arrived is decided one by one."""
    return messages.filter(state=State.DEAD).update(
        state=State.PENDING, attempts=0, due_at=at, settled_by=by, last_error=""
    )


def settle_by_hand(*, message: Notification, by: User, at: datetime) -> bool:
    """A person has telephoned, written, or found that nothing more is to be done."""
    return bool(
        Notification.objects.filter(
            pk=message.pk, state__in=(State.BY_HAND, State.DEAD, State.IN_DOUBT)
        ).update(state=State.SENT, settled_at=at, settled_by=by)
    )


def _all_permanent(error: smtplib.SMTPRecipientsRefused) -> bool:
    return all(500 <= code < 600 for code, _reason in error.recipients.values())


def _refused(
    message: Notification, at: datetime, error: Exception, *, finally_: bool
) -> None:
    """Not accepted by the server: try again later, or give up."""
    if finally_ or message.attempts >= MAX_ATTEMPTS:
        _settle(message, State.DEAD, at, error)
        return
    pause = FIRST_PAUSE * 4 ** (message.attempts - 1)
    Notification.objects.filter(pk=message.pk, state=State.SENDING).update(
        state=State.PENDING, due_at=at + pause, last_error=_describe(error)
    )


def _settle(
    message: Notification, state: State, at: datetime, error: Exception | None = None
) -> None:
    Notification.objects.filter(pk=message.pk, state=State.SENDING).update(
        state=state,
        settled_at=at if state == State.SENT else None,
        last_error=_describe(error) if error else "",
    )


def _describe(error: Exception) -> str:
    """The kind of fault and the server's code; its text may repeat an address."""
    code = getattr(error, "smtp_code", "")
    return f"{type(error).__name__} {code}".strip()[:300]
