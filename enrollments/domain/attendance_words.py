"""One table says of every mark whether it counts as having come, the sign that stands
for it on a list, and the words in which the person reads it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from enrollments.enums import AttendanceStatus as Status


@dataclass(frozen=True)
class MarkFacts:
    """`tone` names the colour of the label, `kindly` is said to the person."""

    has_come: bool
    sign: str
    tone: str
    kindly: Promise


MARKS: dict[Status, MarkFacts] = {
    Status.PRESENT: MarkFacts(True, "○", "open", _("参加しました")),
    Status.LATE: MarkFacts(True, "遅", "open", _("途中から参加しました")),
    Status.LEFT_EARLY: MarkFacts(True, "早", "open", _("途中まで参加しました")),
    Status.EXCUSED: MarkFacts(False, "届", "wait", _("お休み（ご連絡をいただきました）")),
    Status.ABSENT: MarkFacts(False, "×", "stop", _("お休み")),
    Status.MADE_UP: MarkFacts(True, "振", "soon", _("ほかの回で参加しました（振替）")),
    Status.ONLINE: MarkFacts(True, "オ", "open", _("オンラインで参加しました")),
}
HAVE_COME = frozenset(status for status, facts in MARKS.items() if facts.has_come)


def facts_of(status: str) -> MarkFacts | None:
    """None where nothing is recorded."""
    return MARKS[Status(status)] if status else None
