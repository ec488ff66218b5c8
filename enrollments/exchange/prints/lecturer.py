"""講師用名簿: names and readings, nothing else."""

from datetime import datetime

from django.utils.translation import gettext as _

from courses.models import CourseRun
from enrollments.domain.printing.attendees import attendees
from enrollments.domain.printing.wishes import Wishes
from enrollments.exchange.prints.printout import Printout, Row, column
from enrollments.exchange.prints.table import held_sessions, table_sheet


def lecturers_sheet(run: CourseRun, wishes: Wishes, *, at: datetime) -> Printout:
    """Names only: what a lecturer needs to call somebody by name."""
    sessions = [wishes.session] if wishes.session else held_sessions(run)
    people = attendees(run, session=wishes.session)
    rows: list[Row] = [
        [str(number), person.full_name, person.full_name_kana, ""]
        for number, person in enumerate(people, 1)
    ]
    columns = [
        column(_("番号"), "number"),
        column(_("氏名"), width="1"),
        column(_("フリガナ"), width="1"),
        column(_("メモ"), width="1"),
    ]
    note = _("講師用です。コピーしたり、持ち帰ったりしないでください。")
    return table_sheet(
        _("講師用名簿"), run, sessions, columns, rows, people=len(people), at=at, note=note
    )
