"""A new form filled with an earlier run or course, its dates moved; nothing is saved."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.course_pages import plain_text
from cms.forms.beginning import Beginning
from cms.forms.course import facts_initial
from cms.forms.faculty import Faculty
from cms.forms.partners import partners_initial
from cms.forms.run import run_initial
from cms.forms.run_rows import rows_of_run
from cms.forms.session_rows import fits_a_row, row_initial
from cms.models import CoursePage
from courses.domain.closing_days import read_days_off
from courses.domain.copying import Shift, shift_of
from courses.domain.fiscal_year import fiscal_year_label
from courses.domain.foresight import concerns_about
from courses.domain.session_plans import SessionPlan, plan_of
from courses.domain.session_pools import places_of
from courses.domain.wording import day_words
from courses.models import Course, CourseRun, Session

MOMENTS = (
    *("applications_open_at", "applications_close_at"),
    *("withdraw_until", "results_at"),
)
DAYS = ("paper_deadline", "decide_on")


def copy_of_run(run: CourseRun, *, at: datetime) -> Beginning:
    """Sessions at the times first announced, called off ones too: what happened to them
    that year is not planned again. Seats, applications and states stay behind."""
    every = list(
        run.sessions.select_related("run__venue", "venue", "room__venue")
        .prefetch_related("instructors", "pools")
        .order_by("starts_at", "number")
    )
    for session in every:
        _as_first_announced(session)
    sessions = sorted(filter(fits_a_row, every), key=lambda each: each.starts_at)
    days = [timezone.localdate(session.starts_at) for session in every]
    shift = shift_of(days, today=timezone.localdate(at))
    return Beginning(
        source=_("「%(run)s」の写し") % {"run": run},
        run=_run_values(run, shift),
        kinds=list(places_of(run)),
        rows=_asked(run, shift),
        sessions=_rows(run, sessions, shift),
        notes=_notes(run, sessions, shift, left_out=len(every) - len(sessions), at=at),
    )


def copy_of_course(course: Course, page: CoursePage | None, *, at: datetime) -> Beginning:
    """With its latest run; the title is a proposal, the address is made anew."""
    run = course.runs.select_related("course", "venue").order_by("-code").first()
    began = copy_of_run(run, at=at) if run else Beginning()
    facts = facts_initial(course, page)
    facts.pop("slug")
    facts["title"] = _shift(run, at).words(facts["title"])
    return replace(
        began,
        source=_("「%(course)s」の写し") % {"course": course},
        facts=facts,
        partners=partners_initial(course),
        prose=_prose(page) if page else {},
        page=page,
    )


def _prose(page: CoursePage) -> dict[str, Any]:
    return {
        "intro": page.intro,
        "text": plain_text(page) or "",
        "outcomes": page.outcomes,
        "cover": page.cover,
    }


def _shift(run: CourseRun | None, at: datetime) -> Shift:
    starts = run.sessions.values_list("starts_at", flat=True) if run else []
    days = [timezone.localdate(start) for start in starts]
    return shift_of(days, today=timezone.localdate(at))


def _as_first_announced(session: Session) -> None:
    if session.former_starts_at is not None:
        length = session.ends_at - session.starts_at
        session.starts_at = session.former_starts_at
        session.ends_at = session.starts_at + length


def _run_values(run: CourseRun, shift: Shift) -> dict[str, Any]:
    values = run_initial(run) | {"is_planned": False}
    values["label"] = shift.words(run.label)
    for name in MOMENTS:
        values[name] = shift.moment(values[name])
    for name in DAYS:
        values[name] = values[name] and shift.day(values[name])
    return values


def _asked(run: CourseRun, shift: Shift) -> dict[str, list[dict[str, Any]]]:
    """Conditions, questions and offers; they are new rows, of the new run."""
    rows = rows_of_run(run)
    for row in rows["requirements"]:
        row["age_on"] = row["age_on"] and shift.day(row["age_on"])
    for row in rows["questions"]:
        row["pk"] = None
    for row in rows["support"]:
        row["deadline"] = shift.moment(row["deadline"])
    return rows


def _rows(
    run: CourseRun, sessions: Sequence[Session], shift: Shift
) -> list[dict[str, Any]]:
    own = Faculty(run.course).beside_course(session.pk for session in sessions)
    found = []
    for session in sessions:
        row = row_initial(session)
        kept = {name: row[name] for name in ("begins", "ends", "room", "is_required")}
        moved = {"day": shift.day(row["day"]), "title": shift.words(session.title)}
        found.append(kept | moved | {"teachers": own.get(session.pk, "")})
    return found


def _notes(
    run: CourseRun,
    sessions: Sequence[Session],
    shift: Shift,
    *,
    left_out: int,
    at: datetime,
) -> list[str]:
    plans = [_moved(session, shift) for session in sessions]
    people = run.course.instructors.all()
    found = concerns_about(plans, venue=run.venue, instructors=people, at=at)
    notes = [_rule(run, shift), *_window_notes(run, shift, at=at)]
    notes += [concern.sentence for concern in found]
    if left_out:
        words = _(
            "終日の回や日をまたぐ回（%(n)d回）は写していません。保存したあとで確かめてください。"
        )
        notes.append(words % {"n": left_out})
    return notes


def _window_notes(run: CourseRun, shift: Shift, *, at: datetime) -> Iterator[str]:
    """An application period that would begin or end on a day when nobody answers."""
    days_off = read_days_off()
    for name, label in ((MOMENTS[0], _("申込開始")), (MOMENTS[1], _("申込締切"))):
        moment = shift.moment(getattr(run, name))
        off = days_off.on(timezone.localdate(moment)) if moment else None
        if off:
            yield _("%(what)sの%(day)sは休みの日です：%(reason)s") % {
                "what": label,
                "day": day_words(off.day, today=timezone.localdate(at)),
                "reason": off.reason,
            }


def _moved(session: Session, shift: Shift) -> SessionPlan:
    return replace(
        plan_of(session),
        starts_at=shift.moment(session.starts_at),
        ends_at=shift.moment(session.ends_at),
        instructors=tuple(session.instructors.all()) or None,
    )


def _rule(run: CourseRun, shift: Shift) -> str:
    """How the dates were moved, as the form tells it."""
    words = _(
        "日付は%(year)sに合わせて%(weeks)d週間ずらしました。最初の回は同じ月の同じ週・同じ曜日で、"
        "ほかの回と申込期間も同じだけずらしています（曜日と時刻は変わりません）。"
    )
    year = fiscal_year_label(run.fiscal_year + shift.years)
    return words % {"year": year, "weeks": shift.weeks}
