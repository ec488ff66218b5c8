"""What a survey found, as a table with a bar in each cell; the largest number of a column
has the longest bar (100), and what is not told has none."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.exchange.paper.printable import Fact
from enrollments.domain.surveys.summary import (
    SummaryColumn,
    SummaryQuestion,
    SurveySummary,
)
from enrollments.enums import AnswerKind, SurveyAudience

NOT_TOLD = "—"
AVERAGED = frozenset({AnswerKind.SCALE, AnswerKind.NUMBER})


def survey_figures(survey: SurveySummary, *, inside: bool = False) -> Fact:
    session = survey.session_number
    number = _("第%(number)s回") % {"number": session} if session else ""
    return {
        "title": "　".join(filter(None, [number, survey.title])),
        "said": _said(survey, inside=inside),
        "questions": [_question(one) for one in survey.questions],
    }


def _said(survey: SurveySummary, *, inside: bool) -> str:
    if not survey.is_settled and not inside:
        return _("集計を確定すると、結果がここにのります。")
    if survey.answered is None:
        return _("回答が5件に満たないため、数を示しません。")
    number = survey.answered
    answers = ngettext("回答 %(number)s件", "回答 %(number)s件", number)
    return answers % {"number": number}


def _question(question: SummaryQuestion) -> Fact:
    columns = question.columns
    labels = [label for label, _count in columns[0].counts] if columns else []
    places = range(len(labels))
    best_first = places[::-1] if question.kind == AnswerKind.SCALE else places
    rows: list[Fact] = [
        {"label": labels[place], "cells": [_cell(one, place) for one in columns]}
        for place in best_first
    ]
    rows.append(_row(_("回答"), [_people(one.answered) for one in columns]))
    if question.kind in AVERAGED:
        averages = [
            NOT_TOLD if one.average is None else str(one.average) for one in columns
        ]
        rows.append(_row(_("平均"), averages))
    return {
        "label": question.label,
        "heads": [_head(one) for one in columns],
        "rows": rows if columns else [],
    }


def _head(column: SummaryColumn) -> str:
    everybody = column.side == SurveyAudience.EVERYBODY
    return _("合計") if everybody else str(column.side.label)


def _cell(column: SummaryColumn, place: int) -> Fact:
    count = column.counts[place][1]
    if count is None:
        return {"words": NOT_TOLD, "bar": None}
    most = max(other or 0 for _label, other in column.counts)
    bar = round(100 * count / most, 1) if most else 0
    if not column.answered:
        return {"words": _people(count), "bar": bar}
    words = _("%(people)s　%(percent)s%%") % {
        "people": _people(count),
        "percent": round(100 * count / column.answered),
    }
    return {"words": words, "bar": bar}


def _row(label: str, words: list[str]) -> Fact:
    return {"label": label, "cells": [{"words": one, "bar": None} for one in words]}


def _people(number: int | None) -> str:
    if number is None:
        return NOT_TOLD
    return ngettext("%(number)s人", "%(number)s人", number) % {"number": number}
