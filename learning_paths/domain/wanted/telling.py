"""Everybody who wants it is told each answer once, in their language; whoever has no mail
is telephoned."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from enrollments.domain.mail_text import mail_text
from enrollments.domain.outbox import message_row, write_messages
from enrollments.enums import MessageKind
from enrollments.models import Notification
from learning_paths.models import LearningVoice, RequestMove


def tell_answer(
    move: RequestMove,
    *,
    what: str,
    voices: QuerySet[LearningVoice],
    at: datetime,
    **words: Any,
) -> int:
    """To all confirmed voices; returns to how many. `what` names the template."""
    wanting = list(voices.filter(confirmed_at__isnull=False).select_related("request"))
    write_messages(
        _message(
            voice,
            what,
            occasion=f"learning-request:{move.pk}:{voice.pk}",
            at=at,
            words={"why": move.why, "move": move, **words},
        )
        for voice in wanting
    )
    return len(wanting)


def tell_voice(
    voice: LearningVoice, what: str, *, occasion: str, token: str, at: datetime
) -> None:
    write_messages(
        [_message(voice, what, occasion=occasion, at=at, words={"token": token})]
    )


def _message(
    voice: LearningVoice, what: str, *, occasion: str, at: datetime, words: dict[str, Any]
) -> Notification:
    with translation.override(voice.language):
        token = words.pop("token", "")
        path = (
            reverse("learning_voice", args=[token])
            if token
            else voice.request.get_absolute_url()
        )
        subject, body = mail_text(
            f"learning_paths/mail/{what}.txt",
            {
                "wanted": voice.request,
                "voice": voice,
                "link": settings.PUBLIC_URL + path,
                **words,
            },
        )
    return message_row(
        kind=MessageKind.REQUEST,
        occasion=occasion,
        subject=subject,
        body=body,
        at=at,
        recipient=voice.email,
        language=voice.language,
    )
