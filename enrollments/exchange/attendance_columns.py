"""The columns of a list of attendance: one row somebody who comes, one column a session."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from courses.exchange.columns.choices import Choice
from courses.exchange.columns.column import Column
from courses.exchange.columns.texts import Code
from courses.exchange.name_columns import NAME_COLUMNS
from courses.models import Session
from enrollments.enums import AttendanceStatus as Status
from enrollments.models import Participant

MARKS = {
    "○": Status.PRESENT,
    "〇": Status.PRESENT,
    "◯": Status.PRESENT,
    "出": Status.PRESENT,
    "1": Status.PRESENT,
    "遅": Status.LATE,
    "早": Status.LEFT_EARLY,
    "×": Status.ABSENT,
    "✕": Status.ABSENT,
    "x": Status.ABSENT,
    "欠": Status.ABSENT,
    "欠席": Status.ABSENT,
    "無断": Status.ABSENT,
    "無断欠席": Status.ABSENT,
    "届": Status.EXCUSED,
    "連絡あり": Status.EXCUSED,
    "欠(連絡あり)": Status.EXCUSED,
    "欠(届)": Status.EXCUSED,
    "休": Status.EXCUSED,
    "振": Status.MADE_UP,
    "補講": Status.MADE_UP,
    "オ": Status.ONLINE,
    "zoom": Status.ONLINE,
}
ABOUT_PERSON: tuple[Column, ...] = (
    Column(
        "receipt_number",
        "受付番号",
        Code(24),
        known_as="受付No 申込番号",
        example="",
        take=lambda person: person.application.receipt_number,
    ),
    *NAME_COLUMNS,
)
PREFIX = "session_"


class MarkColumn(Column):
    """The mark of one session; an empty cell leaves it as it is."""

    def __init__(self, session: Session) -> None:
        day = timezone.localdate(session.starts_at)
        number = session.number
        super().__init__(
            f"{PREFIX}{number}",
            f"第{number}回",
            Choice(Status, also=MARKS),
            known_as=(
                f"{number}回目",
                f"{number}回",
                str(number),
                f"#{number}",
                f"{day.month}/{day.day}",
                f"{day.month}月{day.day}日",
                f"{day:%m/%d}",
                f"{day:%Y/%m/%d}",
                f"{day.year}/{day.month}/{day.day}",
                f"{day:%Y-%m-%d}",
                f"第{number}回{day.month}/{day.day}",
            ),
            example="○",
        )
        self.session = session

    def get_value(self, instance: Participant) -> Any:
        """From a participant with the attendances loaded."""
        found = instance.attendances.all()
        return next((a.status for a in found if a.session_id == self.session.pk), None)


def attendance_columns(sessions: Iterable[Session]) -> tuple[Column, ...]:
    return (*ABOUT_PERSON, *(MarkColumn(session) for session in sessions))
