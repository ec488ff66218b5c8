"""テーブルの一覧 for the wall, by receipt number or by name; which plan a paper means."""

from datetime import datetime

from django.utils.translation import gettext as _

from courses.models import CourseRun
from courses.models.querysets import HELD
from enrollments.domain.printing.wishes import Wishes
from enrollments.domain.tables.reading import TableShown, tables_shown
from enrollments.domain.tables.standing import plan_of, standing_of
from enrollments.exchange.prints.printout import Printout, Row, column
from enrollments.exchange.prints.table import table_sheet
from enrollments.models import Participant, TablePlan


def seating_list(run: CourseRun, wishes: Wishes, *, at: datetime) -> Printout:
    """A line for each person, in order of the number or of the reading, so that people
    find themselves; names only where that is asked for."""
    plan = plan_in_print(run, wishes)
    shown = tables_shown(standing_of(plan)) if plan else []
    rows = sorted(_rows(shown, wishes))
    head = _("氏名") if wishes.with_names else _("受付番号")
    note = "" if wishes.with_names else _("受付番号は、受付票かメールにあります。")
    return table_sheet(
        _("テーブルの一覧"),
        run,
        [plan.session] if plan else [],
        [column(head, width="3"), column(_("テーブル"), "text", "1")],
        [row for _place, row in rows],
        people=len(rows),
        at=at,
        note=note,
    )


def _rows(shown: list[TableShown], wishes: Wishes) -> list[tuple[str, Row]]:
    rows: list[tuple[str, Row]] = []
    for one in shown:
        number = table_label(one.table.number)
        for sitting in one.sitting:
            person = sitting.person
            if wishes.with_names:
                rows.append((person.full_name_kana, [person.full_name, number]))
            else:
                receipt = _receipt(person)
                rows.append((receipt, [receipt, number]))
    return rows


def _receipt(person: Participant) -> str:
    """Those who applied together are told apart by their place in the application."""
    number = person.application.receipt_number
    place = _("%(n)s人目") % {"n": person.position}
    return number if person.position == 1 else f"{number}　{place}"


def plan_in_print(run: CourseRun, wishes: Wishes) -> TablePlan | None:
    """Of the session that was chosen, or of the only one that has a plan."""
    if wishes.session:
        return plan_of(wishes.session)
    plans = TablePlan.objects.filter(session__run=run, session__state__in=HELD)
    found = list(plans.select_related("session__run__course", "question")[:2])
    return found[0] if len(found) == 1 else None


def tables_in_print(run: CourseRun, wishes: Wishes) -> dict[int, int]:
    plan = plan_in_print(run, wishes)
    if plan is None:
        return {}
    return dict(plan.seats.values_list("participant", "table__number"))


def table_label(number: int | None) -> str:
    return _("テーブル %(number)s") % {"number": number} if number else ""
