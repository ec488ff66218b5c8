"""What differs between messages that are merged: name, number, links and reason. Whatever
else a wording asks for of an application has to be the same for all, or is refused."""

import re
from collections.abc import Hashable
from typing import Any

from enrollments.domain.message_placeholders import Context
from enrollments.enums import Channel, MessageKind
from enrollments.models import Application

# NUL is in no text that a database keeps, so no fact of a course looks like a blank.
BLANK = re.compile("\0([a-z_]+)\0")
OF_ONE = ("link", "why", "calendar_address")
# Of those who share a run, these do not depend on whose message it is.
OF_THE_RUN = ("run", "course", "title", "department", "contact_name", "contact_phone")
OF_THE_SITE = ("site_name", "city_name")
COMPARED = ("application", "sessions", "by_mail", "came_from", "calendar_page")
KNOWN = frozenset((*OF_ONE, *OF_THE_RUN, *OF_THE_SITE, *COMPARED))


class SaysMoreError(Exception):
    """The wording asks for something of the application that is not the same for all."""


class Anybody:
    """Stands for all applications that have these in common; has nothing else to say."""

    def __init__(self, application: Application) -> None:
        self.was_asked_more = False
        self.full_name = blank("name")
        self.receipt_number = blank("number")
        self.seats = application.seats
        self.state = application.state
        self.language = application.language
        # The only channel that is spoken of; the others need no shapes of their own.
        self.channel = Channel.NOMINATION if _is_named(application) else ""

    def __getattr__(self, name: str) -> Any:
        # Noted as well, as `{% if a and b %}` swallows whatever is raised.
        self.was_asked_more = True
        raise SaysMoreError(name)

    def __str__(self) -> str:
        self.was_asked_more = True
        return ""


def _is_named(application: Application) -> bool:
    return application.channel == Channel.NOMINATION


def blank(name: str) -> str:
    return f"\0{name}\0"


def values_of(context: Context) -> dict[str, str] | None:
    """What is filled in; none where it could not be done in one go: an unknown word in
    the context, or a value that tidying the whole text would change."""
    if not context.keys() <= KNOWN:
        return None
    application = context["application"]
    values = {
        "name": application.full_name,
        "number": application.receipt_number,
        **{name: context.get(name, "") for name in OF_ONE},
    }
    if any(value != " ".join(value.split()) for value in values.values()):
        return None
    return values if application.full_name else None


def what_is_shared(kind: MessageKind, language: str, context: Context) -> Hashable:
    application: Application = context["application"]
    return (
        kind,
        language,
        context["run"].pk,
        application.pool.session_id,
        application.seats,
        application.state,
        _is_named(application),
        context["by_mail"],
        context.get("came_from"),
        bool(context.get("why")),
        context.get("calendar_page"),
        bool(context.get("calendar_address")),
    )
