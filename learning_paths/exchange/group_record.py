"""A group's learning record as a CSV file that Excel reads, and as a PDF."""

import csv
from datetime import datetime
from io import StringIO

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.exchange.paper.printable import Fact
from accounts.exchange.paper.typesetting import Paper, typeset
from courses.domain.fiscal_year import fiscal_year_words
from courses.domain.wording import title_words
from courses.exchange.open_data.cells import harmless
from courses.models import Course
from courses.models.localised import in_english
from learning_paths.domain.group_record import GroupRecord
from learning_paths.domain.membership import name_among_members

BOM = "\ufeff"


def group_record_csv(record: GroupRecord) -> bytes:
    """One line for each completion; UTF-8 with a byte order mark."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_("年度"), _("講座"), _("氏名"), _("修了日"), _("出席回数")])
    for year in record.years:
        for course in year.courses:
            for one in course.learned:
                cells = [
                    str(year.fiscal_year),
                    f"{title_of(course.course)} {one.label}".strip(),
                    name_among_members(one.user),
                    f"{one.completed_on}",
                    str(one.sessions),
                ]
                writer.writerow([harmless(cell) for cell in cells])
    return (BOM + text.getvalue()).encode()


def group_record_paper(record: GroupRecord, *, name: str, at: datetime) -> Paper:
    """Numbers only. Raises: NotTypeset."""
    title = _("団体の学びの記録")
    facts: dict[str, Fact] = {
        "title": title,
        "name": name,
        "totals": totals_words(record),
        "milestones": [],
        "head": [_("講座"), _("修了した会員"), _("出席回数"), ""],
        "years": [
            {
                "title": _year(year.fiscal_year),
                "rows": [
                    [title_of(one.course), str(len(one.members)), str(one.sessions), ""]
                    for one in year.courses
                ],
            }
            for year in record.years
        ],
        "labels": {"milestones": "", "empty": _("記録はまだありません。")},
    }
    return typeset(
        "enrollments/record.typ",
        facts,
        title=title,
        at=at,
        printed=f"{settings.SITE_NAME}　{timezone.localdate(at):%Y-%m-%d}",
        language=get_language() or "ja",
    )


def totals_words(record: GroupRecord) -> str:
    words = _("修了 延べ%(completions)d講座　会員 %(members)d人　出席 延べ%(sessions)d回")
    return words % {
        "completions": record.completions,
        "members": record.members,
        "sessions": record.sessions,
    }


def title_of(course: Course) -> str:
    return title_words(course, english=in_english())


def _year(year: int) -> str:
    return f"FY{year}" if in_english() else fiscal_year_words(year)
