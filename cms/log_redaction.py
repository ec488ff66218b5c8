"""Secret links never reach a log: whatever opens something is written as ***."""

import logging
import re
from typing import Any
from urllib.parse import unquote

from gunicorn.glogging import Logger

SECRET = re.compile(
    r"(/calendar/|/applications/|/offers/|/held-again/|/groups/invitation/"
    r"|/requests/voice/|/outreach/asked/"
    r"|(?<!/my)/findings/(?=[0-9a-f]{32}\.)|/accounts/confirm-email/|/accounts/password/reset/key/|/reminders/"
    r"|(?<!/manage)/surveys/stop/|(?<!/manage)/surveys/(?!stop/|done/))[^/\s?\"']+"
)

# Left encoded: it would begin another line of the log.
CONTROL = re.compile(r"%(?=[01][0-9a-f]|7f|c2%[89])", re.IGNORECASE)
# Officers search for people by name and telephone.
SEARCHED = re.compile(r"(/(?:manage|door)/[^\s\"']*[?&]q=)[^&\s\"']*")


def redact(text: str) -> str:
    """A path opens the same however its signs are encoded, so it is read decoded, too."""
    written = _struck_out(text)
    plain = unquote(CONTROL.sub("%25", written)) if "%" in written else written
    struck = _struck_out(plain)
    return written if struck == plain else struck


def _struck_out(text: str) -> str:
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
