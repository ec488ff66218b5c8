"""Secret links never reach a log: whatever opens something is written as ***."""

import logging
import re
from typing import Any

from gunicorn.glogging import Logger

SECRET = re.compile(
    r"(/calendar/|/applications/|/offers/|/held-again/|/groups/invitation/"
    r"|/accounts/confirm-email/|/accounts/password/reset/key/|/reminders/)[^/\s?\"']+"
)


# Officers search for people by name and telephone.
SEARCHED = re.compile(r"(/manage/[^\s\"']*[?&]q=)[^&\s\"']*")


def redact(text: str) -> str:
    return SEARCHED.sub(r"\1***", SECRET.sub(r"\1***", text))


class RedactSecrets(logging.Filter):
    """For every handler that may see a request's path."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = redact(record.getMessage())
        record.args = ()
        return True


class RedactingFormatter(logging.Formatter):
    """For what is written beside the message, as the text of an exception."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


class RedactingLogger(Logger):
    """gunicorn's own logs: that of requests, and that of what went wrong with them."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self.error_log.addFilter(RedactSecrets())

    def atoms(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        found = super().atoms(*args, **kwargs)
        return {
            name: redact(value) if isinstance(value, str) else value
            for name, value in found.items()
        }
