"""Many get the same message: it is worded once for all to whom it says the same, with
blanks for what differs (`mail_blanks`), which are then filled in for each.

A draw tells ten thousand people while their run is locked. A message that says anything
else of its application is worded for that one alone, as without this module.
"""

from collections.abc import Hashable

from enrollments.domain.mail_blanks import (
    BLANK,
    OF_ONE,
    Anybody,
    SaysMoreError,
    blank,
    values_of,
    what_is_shared,
)
from enrollments.domain.message_placeholders import Context
from enrollments.domain.message_templates import OwnWordings
from enrollments.enums import MessageKind


class MailMerge(OwnWordings):
    """For messages about applications that share their `run` object, in one batch."""

    def __init__(self) -> None:
        self._shapes: dict[Hashable, tuple[str, str] | None] = {}

    def wording(
        self, *, kind: MessageKind, language: str, context: Context
    ) -> tuple[str, str]:
        values = values_of(context)
        if values is None:
            return super().wording(kind=kind, language=language, context=context)
        key = what_is_shared(kind, language, context)
        if key not in self._shapes:
            return self._first_of(key, kind, language, context, values)
        shape = self._shapes[key]
        if shape is None:
            return super().wording(kind=kind, language=language, context=context)
        return _filled(shape, values)

    def _first_of(
        self,
        key: Hashable,
        kind: MessageKind,
        language: str,
        context: Context,
        values: dict[str, str],
    ) -> tuple[str, str]:
        """It is worded alone as well: only if both agree the others get the shape."""
        alone = super().wording(kind=kind, language=language, context=context)
        shape = self._shape(kind, language, context)
        agrees = shape is not None and _filled(shape, values) == alone
        self._shapes[key] = shape if agrees else None
        return alone

    def _shape(
        self, kind: MessageKind, language: str, context: Context
    ) -> tuple[str, str] | None:
        blanks = {name: blank(name) for name in OF_ONE if context.get(name)}
        anybody = Anybody(context["application"])
        of_all = {**context, **blanks, "application": anybody}
        try:
            shape = super().wording(kind=kind, language=language, context=of_all)
        except SaysMoreError:
            return None
        return None if anybody.was_asked_more else shape


def _filled(shape: tuple[str, str], values: dict[str, str]) -> tuple[str, str]:
    subject, body = (BLANK.sub(lambda found: values[found[1]], part) for part in shape)
    return subject, body
