"""The facts of a course, a run and a session in words: what the record of changes
compares. Dates are written as on the site, choices by their label."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import translation
from django.utils.translation import gettext

from courses.domain.changes import LANGUAGE
from courses.domain.fiscal_year import TOKYO
from courses.domain.reception import capacity_words
from courses.domain.wording import day_words, moment_words, range_words, yen_words
from courses.enums import CapacityUnit, DrawTier
from courses.models import Course, CourseRun, Partner, SeatPool, Session

OF_COURSE = ("title", "slug", "title_kana", "title_en", "summary", "kind", "department")
RELATED_TO_COURSE = (
    "stages",
    "themes",
    "audiences",
    "competencies",
    "instructors",
    "co_hosts",
)
OF_RUN = (
    "label",
    "state",
    "state_note",
    "selection_mode",
    "applications_open_at",
    "applications_close_at",
    "paper_deadline",
    "paper_rule",
    "withdraw_until",
    "minimum_to_hold",
    "decide_on",
    "results_at",
    "tells_losers",
    "draw_tiers",
    "screening_criteria",
    "waiting_list",
    "waiting_policy",
    "offer_hours",
    "immediate_days",
    "reminder_days",
    "chooses_session",
    "asks_address",
    "asks_terms",
    "capacity_unit",
    "capacity_note",
    "max_participants",
    "audience",
    "delivery",
    "venue",
    "has_childcare",
    "childcare_note",
    "has_sign_language",
    "has_captioning",
    "fee",
    "fee_note",
    "bring",
    "how_to_apply",
    "note",
    "contact_name",
    "contact_phone",
    "contact_email",
    "completion_sessions",
    "completion_percent",
    "counts_partly",
    "gives_certificate",
)
OF_SESSION = ("title", "time_note", "online_url", "is_required", "state", "state_note")


def course_words(course: Course, *, at: datetime) -> dict[str, str]:
    """With what the course is related to; a fixed number of queries."""
    with translation.override(LANGUAGE):
        words = _columns(course, OF_COURSE, at)
        for name in RELATED_TO_COURSE:
            field = Course._meta.get_field(name)
            rows = getattr(course, name).order_by("pk")
            words[_label(field)] = "、".join(str(row) for row in rows)
        partners = course.partnerships.select_related("partner").order_by("pk")
        words[_label(Partner._meta)] = "、".join(str(one) for one in partners)
    return words


def run_words(run: CourseRun, *, at: datetime) -> dict[str, str]:
    with translation.override(LANGUAGE):
        return _columns(run, OF_RUN, at)


def session_words(session: Session, *, at: datetime) -> dict[str, str]:
    today = at.astimezone(TOKYO).date()
    with translation.override(LANGUAGE):
        return {
            gettext("日時"): range_words(session.starts_at, session.ends_at, today=today),
            gettext("場所"): session.place,
            gettext("講師"): _taught_by(session),
            **_columns(session, OF_SESSION, at),
        }


def _taught_by(session: Session) -> str:
    """With the reason why somebody may be elsewhere too."""
    rows = session.teaching.select_related("instructor").order_by("instructor")
    return "、".join(
        f"{row.instructor}（{row.override_reason}）"
        if row.override_reason
        else str(row.instructor)
        for row in rows
    )


def pool_words(pool: SeatPool) -> dict[str, str]:
    unit = CapacityUnit(pool.run.capacity_unit)
    with translation.override(LANGUAGE):
        kind = pool.get_kind_display()
        if pool.session is not None:
            number = gettext("第%(number)s回") % {"number": pool.session.number}
            kind = f"{number} {kind}"
        name = gettext("定員（%(pool)s）") % {"pool": kind}
        return {name: capacity_words(pool.capacity, unit)}


def _columns(row: models.Model, names: Iterable[str], at: datetime) -> dict[str, str]:
    return {
        _label(row._meta.get_field(name)): _words(row, name, getattr(row, name), at)
        for name in names
    }


def _label(field: Any) -> str:
    return str(field.verbose_name)


def _words(row: models.Model, name: str, value: object, at: datetime) -> str:
    """Empty for what was not said."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return gettext("はい") if value else gettext("いいえ")
    if isinstance(value, datetime):
        return moment_words(value, today=at.astimezone(TOKYO).date())
    if isinstance(value, date):
        return day_words(value, today=at.astimezone(TOKYO).date())
    if name == "draw_tiers" and isinstance(value, list):
        return "、".join(str(DrawTier(tier).label) for tier in value)
    if name == "fee" and isinstance(value, int):
        return yen_words(value)
    shown = getattr(row, f"get_{name}_display", None)
    return str(shown() if shown else value)
