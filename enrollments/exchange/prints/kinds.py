"""Which papers of a run there are, when they are needed, and what each can be asked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.models import CourseRun
from enrollments.domain.printing.wishes import Wishes
from enrollments.enums import PrintPurpose
from enrollments.exchange.prints.labels import badges
from enrollments.exchange.prints.lecturer import lecturers_sheet
from enrollments.exchange.prints.printout import Printout
from enrollments.exchange.prints.questions import questions_sheet
from enrollments.exchange.prints.roster import roster_sheet
from enrollments.exchange.prints.seating import seating_list
from enrollments.exchange.prints.support import childcare_sheet, support_sheet
from enrollments.exchange.prints.tents import name_tents, table_cards


@dataclass(frozen=True)
class PrintKind:
    """`asks` names fields of the form of wishes. `purpose` is the usual one of a paper
    with people on it. `for_support` needs the permission of 保育・支援の担当."""

    key: str
    label: Promise | str
    about: Promise | str
    build: Callable[..., Printout]
    asks: tuple[str, ...] = ()
    purpose: PrintPurpose | None = None
    for_support: bool = False

    def printout(self, run: CourseRun, wishes: Wishes, *, at: datetime) -> Printout:
        return self.build(run, wishes, at=at)


BEFORE = (
    PrintKind(
        "roster",
        _("名簿"),
        _("出欠の欄のある名簿です。1回分にすると、当日の受付に使えます。"),
        roster_sheet,
        ("session", "order", "with_phone", "with_receipt_number", "blank_rows"),
        PrintPurpose.RECEPTION,
    ),
    PrintKind(
        "questions",
        _("事前の質問の一覧"),
        _("取り上げる質問を、話題ごとに進行役へ渡します。名前はのりません。"),
        questions_sheet,
    ),
    PrintKind(
        "lecturer",
        _("講師用名簿"),
        _("氏名とフリガナだけの名簿です。"),
        lecturers_sheet,
        ("session",),
        PrintPurpose.HANDING_OVER,
    ),
)
ON_THE_DAY = (
    PrintKind(
        "badges",
        _("名札"),
        _("A4の名刺用紙・ラベルに10枚ずつ印刷します。"),
        badges,
        (
            *("session", "order", "labels", "first_label", "cut_lines", "with_codes"),
            "blank_rows",
        ),
        PrintPurpose.RECEPTION,
    ),
    PrintKind(
        "tents",
        _("席札"),
        _("A4を折って机に立てる札です。講師の分もあります。"),
        name_tents,
        ("session", "order", "per_sheet"),
        PrintPurpose.RECEPTION,
    ),
    PrintKind(
        "tables",
        _("卓札"),
        _("テーブルの番号を立てる札です。テーブル分けがあれば、進行役ものります。"),
        table_cards,
        ("session", "tables", "with_names", "per_sheet"),
    ),
    PrintKind(
        "seating",
        _("テーブルの一覧"),
        _("だれがどのテーブルかを、会場の入口に貼り出します。はじめは受付番号でのせます。"),
        seating_list,
        ("session", "with_names"),
    ),
    PrintKind(
        "childcare",
        _("保育の名簿"),
        _("手配した保育のお子さんと保護者の一覧です。"),
        childcare_sheet,
        ("session",),
        PrintPurpose.HANDING_OVER,
        for_support=True,
    ),
    PrintKind(
        "support",
        _("支援の名簿"),
        _("手話通訳など、手配した支援の一覧です。"),
        support_sheet,
        ("session",),
        PrintPurpose.HANDING_OVER,
        for_support=True,
    ),
)
KINDS = {kind.key: kind for kind in (*BEFORE, *ON_THE_DAY)}
