"""テーブル分け of a session: the tables as cards, and what is done to them. For staff of
the section."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.domain.access import log_access
from accounts.domain.refusal import Refusal
from courses.models import CourseRun, Session
from courses.models.querysets import HELD
from enrollments.domain.roster import roster_of
from enrollments.domain.tables.arriving import moves_after_no_shows
from enrollments.domain.tables.reading import tables_shown
from enrollments.domain.tables.standing import plan_of, standing_of, staying_away
from enrollments.domain.tables.taking_back import last_change
from enrollments.domain.tables.words import score_words
from enrollments.enums import FacilitatorKind
from enrollments.forms.tables import TablePlanForm, tables_for
from enrollments.views.back_office.frame import run_for, run_page
from enrollments.views.back_office.table_acts import act_on, make

MOVES_SHOWN = 12
INDEX_FROM = 8


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tables(request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
    """`act` says what the officer did; without a script each act sends a form."""
    run = run_for(request, code)
    sessions = list(run.sessions.filter(state__in=HELD).order_by("starts_at", "number"))
    session = _chosen(sessions, number)
    form, refusal = None, None
    if request.method == "POST" and session:
        if request.POST.get("act") == "make":
            form = TablePlanForm(request.POST, run=run)
        try:
            done = make(request, session, form) if form else act_on(request, session)
        except Refusal as found:
            refusal = found
        else:
            if done:
                return redirect("manage_tables_of_session", run.code, session.number)
    return _page(request, run, sessions, session, form=form, refusal=refusal)


def _chosen(sessions: list[Session], number: int | None) -> Session | None:
    """The one that was asked for, else the next to come, else the last."""
    if number is not None:
        found = next((one for one in sessions if one.number == number), None)
        if found is None:
            raise Http404
        return found
    now = timezone.now()
    coming = [one for one in sessions if one.ends_at >= now]
    return next(iter(coming or sessions[-1:]), None)


def _page(
    request: HttpRequest,
    run: CourseRun,
    sessions: list[Session],
    session: Session | None,
    *,
    form: TablePlanForm | None,
    refusal: Refusal | None,
) -> HttpResponse:
    context: dict[str, Any] = {"people": 0}
    if session is not None:
        context = _context(request, run, session, form)
    return run_page(
        request,
        "manage/tables.html",
        run,
        title=_("テーブル分け"),
        current="manage_tables",
        status=409 if refusal else 422 if form and form.errors else 200,
        sessions=sessions,
        session=session,
        refused=refusal,
        **context,
    )


def _context(
    request: HttpRequest, run: CourseRun, session: Session, form: TablePlanForm | None
) -> dict[str, Any]:
    plan = plan_of(session)
    now = standing_of(plan) if plan else None
    people = len(now.participants if now else roster_of(session))
    log_access(
        subject=f"テーブル分け {run.code} 第{session.number}回",
        people=people,
        by=request.user,
        at=timezone.now(),
    )
    count = now.tables if now else tables_for(people)
    initial = {"tables": count, "question": plan.question_id if plan else None}
    context = {
        "people": people,
        "plan": plan,
        "form": form or TablePlanForm(run=run, initial=initial),
        "kinds": FacilitatorKind.choices,
    }
    if plan is None or now is None:
        return context
    gone = staying_away(plan)
    leaving = moves_after_no_shows(now) if gone & now.seats.keys() else {}
    return {
        **context,
        "tables": tables_shown(now, gone=gone),
        "marks": score_words(plan),
        "unseated": [now.participants[key] for key in now.unseated],
        "gone": len(gone & now.seats.keys()),
        "to_move": [
            (now.participants[key], here, there) for key, (here, there) in leaving.items()
        ],
        "locked": len(now.locks),
        "can_take_back": bool(last_change(plan)),
        "moves": plan.moves.select_related("participant", "by")[:MOVES_SHOWN],
        "has_index": now.tables >= INDEX_FROM,
        "numbers": range(1, now.tables + 1),
    }
