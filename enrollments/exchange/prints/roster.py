"""名簿: everybody with a place, with boxes to tick and to call names from."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.exchange.paper.printable import Fact
from courses.models import CourseRun, Session
from enrollments.domain.printing.attendees import affiliation, attendees
from enrollments.domain.printing.heading import short_day
from enrollments.domain.printing.wishes import Wishes
from enrollments.exchange.prints.printout import Printout, Row, column
from enrollments.exchange.prints.table import held_sessions, table_sheet
from enrollments.models import Participant


def roster_sheet(run: CourseRun, wishes: Wishes, *, at: datetime) -> Printout:
    """Boxes for one session, or for each of the run's."""
    sessions = [wishes.session] if wishes.session else held_sessions(run)
    people = attendees(run, session=wishes.session, order=wishes.order)
    columns = _roster_columns(people, wishes)
    rows: list[Row] = []
    for number, person in enumerate(people, 1):
        rows.append([*_cells(person, number, columns), *_boxes(person, sessions), ""])
    blank = ["", *[""] * (len(columns) - 1), *[_box()] * len(sessions), ""]
    rows += [blank] * wishes.blank_rows
    return table_sheet(
        _("受付名簿") if wishes.session else _("名簿"),
        run,
        sessions,
        [*columns, *map(_box_column, sessions), column(_("備考"), width="3")],
        rows,
        people=len(people),
        at=at,
        note=_("終わったら、この紙を細かく裁断して捨ててください。"),
    )


def _roster_columns(people: Sequence[Participant], wishes: Wishes) -> list[dict[str, Fact]]:
    return [
        column(_("番号"), "number"),
        column(_("氏名"), width="5"),
        column(_("フリガナ"), width="5"),
        *([column(_("団体・所属"), width="5")] if any(map(affiliation, people)) else []),
        *([column(_("受付番号"))] if wishes.with_receipt_number else []),
        *([column(_("電話"))] if wishes.with_phone else []),
    ]


def _cells(person: Participant, number: int, columns: Sequence[dict[str, Fact]]) -> Row:
    told = {
        _("番号"): str(number),
        _("氏名"): person.full_name,
        _("フリガナ"): person.full_name_kana,
        _("団体・所属"): affiliation(person),
        _("受付番号"): person.application.receipt_number,
        _("電話"): person.application.phone,
    }
    return [told[str(one["label"])] for one in columns]


def _boxes(person: Participant, sessions: Sequence[Session]) -> Row:
    """Nothing to tick where somebody chose another session."""
    own = person.application.pool.session_id
    return [_box() if own in (None, session.pk) else "―" for session in sessions]


def _box() -> Fact:
    return {"box": True}


def _box_column(session: Session) -> dict[str, Fact]:
    number = _("第%(number)s回") % {"number": session.number}
    return column(f"{number}\n{short_day(session)}", "box")
