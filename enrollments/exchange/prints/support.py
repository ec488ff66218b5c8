"""保育の名簿 and 支援の名簿: for those with the permission, and for the childcare room and
the interpreters of the day."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.exchange.paper.printable import Fact
from courses.domain.applying_words import age_words
from courses.models import CourseRun
from enrollments.domain.printing.heading import heading
from enrollments.domain.printing.wishes import Wishes
from enrollments.domain.support_queries import children_expected, support_expected
from enrollments.exchange.prints.printout import Printout, Row, column
from enrollments.exchange.prints.table import held_sessions
from enrollments.models import CaredChild, SupportRequest


def childcare_sheet(run: CourseRun, wishes: Wishes, *, at: datetime) -> Printout:
    """One line for each child; who brings it and who fetches it signs."""
    rows = [
        _child_row(child, wish)
        for wish in children_expected(run, session=wishes.session)
        for child in wish.children.all()
    ]
    labels = [_("お子さん"), _("年齢"), _("アレルギーなど"), _("保護者"), _("当日の連絡先")]
    signed = [_("預かり"), _("引渡し")]
    widths = ["2", "auto", "4", "3", "auto"]
    empty = _("手配した保育はありません。")
    title = _("保育の名簿")
    columns = _columns(labels, widths, signed)
    return _sheet(title, run, wishes, columns, rows, empty, at)


def support_sheet(run: CourseRun, wishes: Wishes, *, at: datetime) -> Printout:
    """What was promised besides childcare, by kind: interpreters first see their people."""
    rows: list[Row] = [
        [
            wish.get_kind_display(),
            f"{wish.application.full_name}\n{wish.application.full_name_kana}",
            wish.needs,
            wish.get_state_display(),
            wish.application.phone,
            "",
        ]
        for wish in support_expected(run, session=wishes.session)
    ]
    labels = [
        _("支援"),
        _("氏名"),
        _("希望の内容"),
        _("状態"),
        _("当日の連絡先"),
    ]
    widths = ["2", "3", "5", "auto", "auto"]
    columns = _columns(labels, widths, [_("担当")])
    empty = _("手配した支援はありません。")
    return _sheet(_("支援の名簿"), run, wishes, columns, rows, empty, at)


def _columns(
    labels: list[str], widths: list[str], signed: list[str]
) -> list[dict[str, Fact]]:
    """`signed` are written into by hand."""
    told = [column(label, width=width) for label, width in zip(labels, widths, strict=True)]
    return told + [column(label, "sign", "2") for label in signed]


def _child_row(child: CaredChild, wish: SupportRequest) -> Row:
    parent = wish.application
    return [
        child.called,
        age_words(child.age_months),
        "\n".join(filter(None, [child.note, wish.needs])),
        f"{parent.full_name}\n{parent.full_name_kana}",
        parent.phone,
        "",
        "",
    ]


def _sheet(
    title: str,
    run: CourseRun,
    wishes: Wishes,
    columns: list[dict[str, Fact]],
    rows: list[Row],
    empty: str,
    at: datetime,
) -> Printout:
    sessions = [wishes.session] if wishes.session else held_sessions(run)
    number = len(rows)
    count = ngettext("%(number)s人", "%(number)s人", number) % {"number": number}
    facts: dict[str, Fact] = {
        "heading": heading(run, sessions, at=at),
        "count": count,
        "columns": columns,
        "rows": rows,
        "empty": empty,
        "note": _("終わったら、この紙を細かく裁断して捨ててください。"),
        "across": True,
        "tall": True,
    }
    told = [str(one["label"]) for one in columns if one["kind"] == "text"]
    return Printout("list", title, facts, len(rows), told)
