"""席札・卓札, folded from A4 so that they can be read from both sides."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.exchange.paper.printable import Fact
from courses.models import CourseRun, Instructor
from enrollments.domain.printing.attendees import affiliation, attendees
from enrollments.domain.printing.wishes import Wishes
from enrollments.domain.tables.reading import TableShown, tables_shown
from enrollments.domain.tables.standing import standing_of
from enrollments.exchange.prints.printout import Printout
from enrollments.exchange.prints.seating import plan_in_print, table_label


def name_tents(run: CourseRun, wishes: Wishes, *, at: datetime) -> Printout:
    """席札: who sits there can be read from both sides. Lecturers come first."""
    people = attendees(run, session=wishes.session, order=wishes.order)
    tents = [_tent(person.full_name, person.title) for person in _lecturers(run, wishes)]
    tents += [_tent(person.full_name, affiliation(person)) for person in people]
    return _tents(_("席札"), run, tents, wishes, people=len(people))


def table_cards(run: CourseRun, wishes: Wishes, *, at: datetime) -> Printout:
    """卓札: the tables of the plan with whoever leads the talk there, and with the names
    of those who sit there where that is asked for; without a plan their numbers."""
    plan = plan_in_print(run, wishes)
    if plan is None:
        numbers = range(1, wishes.tables + 1)
        tents = [_tent(table_label(number), "") for number in numbers]
        return _tents(_("卓札"), run, tents, wishes, people=0)
    shown = tables_shown(standing_of(plan))
    tents = [
        _tent(table_label(one.table.number), "\n".join(_at_table(one, wishes)))
        for one in shown
    ]
    named = sum(len(one.sitting) for one in shown) if wishes.with_names else 0
    return _tents(_("卓札"), run, tents, wishes, people=named)


def _at_table(shown: TableShown, wishes: Wishes) -> list[str]:
    leader = shown.table.facilitator
    lines = [_("進行役 %(name)s") % {"name": leader}] if leader else []
    if wishes.with_names:
        lines.append("・".join(one.person.full_name for one in shown.sitting))
    return lines


def _lecturers(run: CourseRun, wishes: Wishes) -> Sequence[Instructor]:
    """Of the session, and of the course where the session names none."""
    if wishes.session:
        teachers = list(wishes.session.instructors.all())
        if teachers:
            return teachers
    return list(run.course.instructors.all())


def _tent(name: str, below: str) -> dict[str, Fact]:
    return {"name": name, "below": below}


def _tents(
    title: str,
    run: CourseRun,
    tents: list[dict[str, Fact]],
    wishes: Wishes,
    *,
    people: int,
) -> Printout:
    facts: dict[str, Fact] = {
        "course": run.course.title,
        "tents": tents,
        "per_sheet": wishes.per_sheet,
        "empty": _("受講が決まった方はまだいません。"),
    }
    return Printout("tents", title, facts, people, [_("氏名")] if people else [])
