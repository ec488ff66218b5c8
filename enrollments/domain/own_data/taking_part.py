"""What somebody came to, completed, was given and said there."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.domain.own_data import Chapter, Row, Whose
from enrollments.domain.own_data.applications import COURSE, NUMBER
from enrollments.domain.own_data.whose import applications, is_said, people
from enrollments.domain.surveys.questions import answer_in_words, questions_from
from enrollments.models import (
    AdvanceQuestion,
    AnswerSheet,
    Attendance,
    Certificate,
    Completion,
    Nomination,
    SharedFindings,
    SurveyTicket,
    TableSeat,
)

NAME = ("name", _("氏名"))
OF_PERSON = "participant__application__run__course"


def _who(one: Any) -> dict[str, str]:
    """Of a row that hangs on a participant."""
    application = one.participant.application
    return {"course": is_said(application), "name": one.participant.full_name}


def _attendance(whose: Whose) -> Iterable[Row]:
    found = Attendance.objects.filter(participant__in=people(whose))
    for one in found.select_related("session", OF_PERSON).order_by("session__starts_at"):
        yield {
            **_who(one),
            "session": one.session.number,
            "starts_at": one.session.starts_at,
            "status": one.get_status_display(),
            "source": one.get_source_display(),
            "recorded_at": one.recorded_at,
        }


def _completions(whose: Whose) -> Iterable[Row]:
    found = Completion.objects.filter(participant__in=people(whose))
    for one in found.select_related(OF_PERSON).order_by("completed_on", "pk"):
        yield {
            **_who(one),
            "completed_on": one.completed_on,
            "sessions_attended": one.sessions_attended,
        }


def _certificates(whose: Whose) -> Iterable[Row]:
    found = Certificate.objects.filter(participant__in=people(whose))
    for one in found.order_by("issued_at", "pk"):
        yield {
            "number": one.number,
            "kind": one.get_kind_display(),
            "course": one.course_title,
            "name": one.holder,
            "completed_on": one.completed_on,
            "issued_on": one.issued_on,
            "revoked_at": one.revoked_at,
            "revoked_why": one.revoked_why,
        }


def _seats(whose: Whose) -> Iterable[Row]:
    found = TableSeat.objects.filter(participant__in=people(whose))
    for one in found.select_related("plan__session", "table", OF_PERSON).order_by("pk"):
        starts_at = one.plan.session.starts_at
        yield {**_who(one), "starts_at": starts_at, "table": one.table.number}


def _questions(whose: Whose) -> Iterable[Row]:
    found = AdvanceQuestion.objects.filter(application__in=applications(whose))
    for one in found.select_related("application__run__course").order_by("sent_at", "pk"):
        yield {
            "receipt_number": one.application.receipt_number if one.application else "",
            "sent_at": one.sent_at,
            "text": one.text,
            "state": one.get_state_display(),
            "public_words": one.public_words,
        }


def _surveys(whose: Whose) -> Iterable[Row]:
    """Whether somebody was asked and answered; what they answered only where the survey
    is named, as nobody knows it of the others."""
    theirs = people(whose)
    sheets = {
        (sheet.survey_id, sheet.participant_id): sheet
        for sheet in AnswerSheet.objects.filter(participant__in=theirs).select_related(
            "survey"
        )
    }
    found = SurveyTicket.objects.filter(participant__in=theirs).order_by("pk")
    for one in found.select_related("survey", OF_PERSON):
        sheet = sheets.get((one.survey_id, one.participant_id))
        yield {
            **_who(one),
            "survey": one.survey.title,
            "has_answered": one.is_used,
            "answers": _told(sheet) if sheet else "",
        }


def _told(sheet: AnswerSheet) -> str:
    answered = [
        (one.label, answer_in_words(one, sheet.answers.get(one.key)))
        for one in questions_from(sheet.survey.questions)
    ]
    return "\n".join(f"{label}：{words}" for label, words in answered if words)


def _findings(whose: Whose) -> Iterable[Row]:
    found = SharedFindings.objects.filter(citizen__in=people(whose))
    for one in found.select_related("course").order_by("held_on", "pk"):
        yield {"course": one.course.title, "held_on": one.held_on}


def _nominations(whose: Whose) -> Iterable[Row]:
    found = Nomination.objects.filter(application__in=applications(whose))
    for one in found.select_related("application__run__course").order_by("at", "pk"):
        yield {
            "receipt_number": one.application.receipt_number,
            "course": is_said(one.application),
            "staff_number": one.staff_number,
            "at": one.at,
        }


DONE_ON = ("completed_on", _("修了日"))
BEGINS = ("starts_at", _("日時"))
CHAPTERS = (
    Chapter(
        "attendance",
        _("出席"),
        (
            COURSE,
            NAME,
            ("session", _("回")),
            BEGINS,
            ("status", _("出席")),
            ("source", _("記録の方法")),
            ("recorded_at", _("記録日時")),
        ),
        _attendance,
        ("enrollments.Attendance",),
    ),
    Chapter(
        "completions",
        _("修了"),
        (COURSE, NAME, DONE_ON, ("sessions_attended", _("出席回数"))),
        _completions,
        ("enrollments.Completion",),
    ),
    Chapter(
        "certificates",
        _("修了証"),
        (
            ("number", _("番号")),
            ("kind", _("種類")),
            COURSE,
            NAME,
            DONE_ON,
            ("issued_on", _("発行日")),
            ("revoked_at", _("取り消した日時")),
            ("revoked_why", _("取り消しの理由")),
        ),
        _certificates,
        ("enrollments.Certificate",),
    ),
    Chapter(
        "seats",
        _("テーブル"),
        (COURSE, NAME, BEGINS, ("table", _("テーブル"))),
        _seats,
        ("enrollments.TableSeat",),
    ),
    Chapter(
        "questions",
        _("事前の質問"),
        (
            NUMBER,
            ("sent_at", _("届いた日時")),
            ("text", _("質問・話したいこと")),
            ("state", _("状態")),
            ("public_words", _("公開する言葉")),
        ),
        _questions,
        ("enrollments.AdvanceQuestion",),
    ),
    Chapter(
        "surveys",
        _("アンケート"),
        (
            COURSE,
            NAME,
            ("survey", _("アンケート")),
            ("has_answered", _("回答済み")),
            ("answers", _("記名の答え")),
        ),
        _surveys,
        ("enrollments.SurveyTicket", "enrollments.AnswerSheet"),
    ),
    Chapter(
        "findings",
        _("まとめの担当"),
        (COURSE, ("held_on", _("開催した日"))),
        _findings,
        ("enrollments.SharedFindings",),
    ),
    Chapter(
        "nominations",
        _("推薦"),
        (NUMBER, COURSE, ("staff_number", _("職員番号")), ("at", _("推薦の日時"))),
        _nominations,
        ("enrollments.Nomination",),
    ),
)
