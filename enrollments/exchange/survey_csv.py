"""The answers of a survey as CSV, one sheet a line in the order of random keys: UTF-8 with
a mark, as Excel wants it, and nothing that a spreadsheet would run."""

import csv
import io
from collections.abc import Sequence

from django.utils.translation import gettext as _

from courses.exchange.open_data.cells import harmless
from enrollments.domain.surveys.questions import (
    Question,
    answer_in_words,
    questions_from,
)
from enrollments.models import AnswerSheet, Survey

MARK = "\ufeff"


def survey_csv(survey: Survey, sheets: Sequence[AnswerSheet]) -> bytes:
    questions = questions_from(survey.questions)
    names = [_("回答者")] if survey.named else []
    written = io.StringIO()
    writer = csv.writer(written)
    heads = [*names, _("立場"), _("答え方"), *(one.label for one in questions)]
    writer.writerow([harmless(head) for head in heads])
    for sheet in sheets:
        writer.writerow([harmless(cell) for cell in _line(sheet, questions, survey)])
    return (MARK + written.getvalue()).encode()


def _line(sheet: AnswerSheet, questions: Sequence[Question], survey: Survey) -> list[str]:
    name = sheet.participant.full_name if sheet.participant else ""
    return [
        *([name] if survey.named else []),
        str(sheet.get_side_display()),
        str(sheet.get_origin_display()),
        *(answer_in_words(one, sheet.answers.get(one.key)) for one in questions),
    ]
