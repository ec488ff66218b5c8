"""Rows with a receipt number: an application that is there already. Names and contacts may
be put right; whatever else differs is for the application's own page."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from courses.enums import RowOutcome
from courses.exchange.columns.persons import kana_of, name_of
from courses.exchange.plans.resource import BuiltUpon
from courses.exchange.plans.row import Changes, Made, ReadRow, RowPlan
from courses.exchange.plans.setting import Setting
from courses.models import CourseRun
from enrollments.domain.correcting import Contact, correct_contact
from enrollments.domain.receipt import parse_receipt_number
from enrollments.exchange.application_columns import APPLICATION_COLUMNS
from enrollments.models import Application

NAMES = ("full_name", "family_name", "given_name")
READINGS = tuple(f"{name}_kana" for name in NAMES)
REACHED = ("email", "phone", "postal_code", "address")
CONTACT = ("family_name", "given_name", "family_name_kana", "given_name_kana", *REACHED)
# Said only when somebody applies, or about the application and never of it.
NOT_COMPARED = frozenset(
    {
        *(*NAMES, *READINGS, *REACHED),
        *("receipt_number", "state", "age", "companions_kana"),
        *("override_reason", "is_namesake"),
    }
)
COLUMNS = {column.name: column for column in APPLICATION_COLUMNS}


def load(run: CourseRun, rows: Iterable[ReadRow]) -> dict[str, Application]:
    """By receipt number, with all that is compared, in a fixed number of queries."""
    numbers = [parse_receipt_number(row.get("receipt_number")) for row in rows]
    moments = {number[0] for number in numbers if number}
    if not moments:
        return {}
    found = Application.objects.filter(run=run, received_at__in=moments)
    found = found.select_related("pool__session", "department")
    return {one.receipt_number: one for one in found.prefetch_related("participants")}


def plan_known(application: Application, row: ReadRow, setting: Setting) -> RowPlan:
    """Raises: ValueError where something differs that a list does not change."""
    label = f"{application.receipt_number} {application.full_name}"
    before = _contact_of(application)
    after = {**before, **_said(row)}
    changes: Changes = {
        COLUMNS[name].heading: [before[name], after[name]]
        for name in CONTACT
        if before[name] != after[name]
    }
    _require_same(application, row)
    if not changes:
        return RowPlan(RowOutcome.UNCHANGED, label)

    def act() -> list[Made]:
        _correct(application, after, setting, tells=setting.tells_people)
        return [{"what": "contact", "pk": application.pk, "before": before, "after": after}]

    return RowPlan(RowOutcome.CHANGED, label, changes=changes, act=act)


def undo_contact(made: Made, setting: Setting) -> None:
    """Raises: BuiltUpon."""
    application = Application.objects.get(pk=made["pk"])
    if _contact_of(application) != made["after"]:
        words = _("受付番号 %(number)s の連絡先は、取込みのあとに変わりました。")
        raise BuiltUpon(words % {"number": application.receipt_number})
    _correct(application, made["before"], setting, tells=False)


def _said(row: ReadRow) -> dict[str, str]:
    said = {name: row.values[name] for name in REACHED if name in row.given}
    if row.given & set(NAMES):
        name = name_of(*(row.get(part) for part in NAMES), what=_("氏名"))
        said |= {"family_name": name.family, "given_name": name.given}
    if row.given & set(READINGS):
        kana = kana_of(*(row.get(part) for part in READINGS))
        said |= {"family_name_kana": kana.family, "given_name_kana": kana.given}
    return said


def _require_same(application: Application, row: ReadRow) -> None:
    other = [
        COLUMNS[name].heading
        for name in sorted(row.given - NOT_COMPARED)
        if _written(name, row.values[name]) != COLUMNS[name].write(application)
    ]
    if other:
        words = _(
            "「%(headings)s」が、受付番号 %(number)s の申込みとちがいます。"
            "ここでは変えられません。申込みの画面で変えてください。"
        )
        number = application.receipt_number
        raise ValueError(words % {"headings": "」「".join(other), "number": number})


def _written(name: str, value: Any) -> str:
    return str(COLUMNS[name].widget.render(value))


def _contact_of(application: Application) -> dict[str, str]:
    return {name: getattr(application, name) for name in CONTACT}


def _correct(
    application: Application, contact: dict[str, str], setting: Setting, *, tells: bool
) -> None:
    correct_contact(
        application=application,
        contact=Contact(**contact),
        link_id=uuid4(),
        by=setting.by,
        at=setting.at,
        tells=tells,
    )
