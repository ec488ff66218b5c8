"""What people are told who asked to be told: confirm, and then what is new, in their
language; one message per offering."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import translation

from courses.domain.reception import facts_of, reception_status
from courses.domain.wording import title_words
from courses.models import CourseRun
from enrollments.domain.links import wish_path
from enrollments.domain.mail_text import mail_text
from enrollments.domain.outbox import write_message
from enrollments.enums import MessageKind
from enrollments.models import HeldAgainWish


def tell_to_confirm(*, wish: HeldAgainWish, day: date, at: datetime) -> None:
    """One a day at most; whoever confirmed long ago is told that all is well."""
    _tell(
        wish=wish,
        kind=MessageKind.HELD_AGAIN_ASKED,
        occasion=f"held-again-asked:{wish.public_id.hex}:{day.isoformat()}",
        at=at,
    )


def tell_of_run(
    *, wish: HeldAgainWish, run: CourseRun, has_opened: bool, at: datetime
) -> None:
    """`run` loaded with its facts; `has_opened` where the person waited for that only."""
    _tell(
        wish=wish,
        kind=MessageKind.HELD_AGAIN,
        occasion=f"held-again:{wish.public_id.hex}:{run.code}",
        at=at,
        run=run,
        status=reception_status(facts_of(run, at=at), at=at),
        has_opened=has_opened,
        stop_url=settings.PUBLIC_URL + wish_path(wish, stop=True),
    )


def _tell(
    *,
    wish: HeldAgainWish,
    kind: MessageKind,
    occasion: str,
    at: datetime,
    stop_url: str = "",
    **words: Any,
) -> None:
    """In the words of `enrollments/mail/<kind>.txt`."""
    with translation.override(wish.language):
        subject, body = mail_text(
            f"enrollments/mail/{kind}.txt",
            {
                "wish": wish,
                "title": title_words(wish.course, english=wish.language == "en"),
                "page": settings.PUBLIC_URL + wish.course.get_absolute_url(),
                "link": settings.PUBLIC_URL + wish_path(wish),
                "stop_url": stop_url,
                **words,
            },
        )
    write_message(
        kind=kind,
        occasion=occasion,
        subject=subject,
        body=body,
        at=at,
        recipient=wish.email,
        language=wish.language,
        stop_url=stop_url,
    )
