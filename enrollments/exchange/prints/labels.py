"""名札 on label sheets."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.exchange.paper.printable import Fact
from accounts.exchange.paper.qr import qr_svg
from courses.models import CourseRun
from enrollments.domain.printing.attendees import affiliation, attendees
from enrollments.domain.printing.wishes import Wishes
from enrollments.exchange.prints.printout import Printout
from enrollments.exchange.prints.seating import table_label, tables_in_print

# Width and height of one, margins left and top, all in mm; ten on A4 (210 × 297).
# Source: the measures on the packages of 名刺用紙 and ラベルシール 10面.
SHEETS: dict[str, dict[str, Fact]] = {
    "card": {"width": 91.0, "height": 55.0, "left": 14.0, "top": 11.0},
    "label": {"width": 86.4, "height": 50.8, "left": 18.6, "top": 21.5},
}
PER_SHEET = 10


def badges(run: CourseRun, wishes: Wishes, *, at: datetime) -> Printout:
    """In the list's order, so that they lie on the table as the list reads. Empty ones
    for walk-ins come last."""
    people = attendees(run, session=wishes.session, order=wishes.order)
    tables = tables_in_print(run, wishes)
    cards: list[Fact] = [
        {
            "name": person.full_name,
            "kana": person.full_name_kana,
            "affiliation": affiliation(person),
            "code": person.door_code if wishes.with_codes else "",
            "qr": qr_svg(person.door_code) if wishes.with_codes else "",
            "table": table_label(tables.get(person.pk)),
        }
        for person in people
    ]
    empty = dict.fromkeys(("name", "kana", "affiliation", "code", "qr", "table"), "")
    cards += [empty] * wishes.blank_rows
    facts: dict[str, Fact] = {
        "course": run.course.title,
        "sheet": SHEETS[wishes.labels],
        "labels": wishes.labels,
        "cut": wishes.cut_lines,
        "sheets": _sheets(cards, skip=wishes.first_label - 1),
        "empty": _("受講が決まった方はまだいません。"),
    }
    told = [_("氏名"), _("フリガナ"), _("団体・所属")]
    return Printout("badges", _("名札"), facts, len(people), told)


def _sheets(cards: list[Fact], *, skip: int) -> list[Fact]:
    """By tens; none for a label that the sheet no longer has."""
    if not cards:
        return []
    places = [*[None] * skip, *cards]
    return [places[at : at + PER_SHEET] for at in range(0, len(places), PER_SHEET)]
