"""学びの記録 as a CSV file that Excel reads, and as a PDF."""

import csv
from collections.abc import Iterator
from datetime import datetime
from io import StringIO

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.exchange.paper.printable import Fact
from accounts.exchange.paper.typesetting import Paper, typeset
from courses.domain.fiscal_year import fiscal_year_words
from courses.domain.wording import title_words
from courses.exchange.open_data.cells import harmless
from courses.models.localised import in_english
from enrollments.domain.finishing.learning_record import CourseRecord, LearningRecord

BOM = "\ufeff"


def record_csv(record: LearningRecord) -> bytes:
    """One line for each session; UTF-8 with a byte order mark."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_headings())
    for row in _rows(record):
        writer.writerow([harmless(cell) for cell in row])
    return (BOM + text.getvalue()).encode()


def record_paper(record: LearningRecord, *, name: str, at: datetime) -> Paper:
    """Raises: NotTypeset."""
    title = _("学びの記録")
    facts: dict[str, Fact] = {
        "title": title,
        "name": name,
        "totals": _totals(record),
        "milestones": [
            f"{milestone.shown_name}（{one.day:%Y-%m-%d}）"
            for milestone, one in record.milestones
        ],
        "head": [_("講座"), _("出席"), _("修了"), _("番号")],
        "years": [
            {
                "title": _year(year.fiscal_year),
                "rows": [_course_row(one) for one in year.courses],
            }
            for year in record.years
        ],
        "labels": {"milestones": _("学びの節目"), "empty": _("記録はまだありません。")},
    }
    day = timezone.localdate(at)
    printed = f"{settings.SITE_NAME}　{day:%Y-%m-%d}"
    return typeset(
        "enrollments/record.typ",
        facts,
        title=title,
        at=at,
        printed=printed,
        language=get_language() or "ja",
    )


def _headings() -> list[str]:
    return [
        *(_("年度"), _("講座"), _("氏名"), _("回"), _("日付"), _("出席")),
        *(_("修了日"), _("番号")),
    ]


def _rows(record: LearningRecord) -> Iterator[list[str]]:
    for year in record.years:
        for one in year.courses:
            done = f"{one.completion.completed_on}" if one.completion else ""
            shared = [str(one.run.fiscal_year), _title(one), one.participant.full_name]
            numbers = " ".join(certificate.number for certificate in one.certificates)
            for mark in one.marks:
                day = f"{timezone.localdate(mark.where.starts_at)}"
                status = str(mark.status.label)
                number = str(mark.session.number)
                yield [*shared, number, day, status, done, numbers]
            if not one.marks:
                yield [*shared, "", "", "", done, numbers]


def _course_row(one: CourseRecord) -> list[Fact]:
    held, attended = one.reckoning.held, one.attended
    numbers = " ".join(certificate.number for certificate in one.certificates)
    done = f"{one.completion.completed_on}" if one.completion else ""
    return [_title(one), f"{attended} / {held}", done, numbers]


def _title(one: CourseRecord) -> str:
    title = title_words(one.run.course, english=in_english())
    return f"{title} {one.run.label}".strip()


def _year(year: int) -> str:
    return f"FY{year}" if in_english() else fiscal_year_words(year)


def _totals(record: LearningRecord) -> str:
    attended = ngettext("出席%(n)d回", "出席%(n)d回", record.attended)
    completed = ngettext("修了%(n)d講座", "修了%(n)d講座", record.completed)
    return "　".join(
        [attended % {"n": record.attended}, completed % {"n": record.completed}]
    )
