"""What the forms of a course and of a run save alike."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import ngettext

from accounts.domain.refusal import Refusal
from accounts.models import User
from cms.forms.session_rows import rows_of
from cms.forms.whole_run import RunForms
from courses.domain.refusals import ChangedMeanwhile
from courses.domain.session_plans import plan_of
from courses.models import Course, CourseRun
from enrollments.domain.run_changes import PeopleMustKnow, SessionChange, change_run


def save_run(run: CourseRun, forms: RunForms, *, request: HttpRequest, at: datetime) -> int:
    """Returns how many applicants were told. Raises: the refusals of `change_run`."""
    return change_run(
        run=run,
        plan=forms.plan(),
        sessions=forms.sessions.changes(),
        by=request.user,
        at=at,
        seen=request.POST.get("seen_run", ""),
        ask_first="tell" not in request.POST,
    )


def what_was_seen(
    request: HttpRequest, name: str, now: object, refusal: Refusal | None
) -> str:
    """The mark of what a form shows: kept while the form goes to and fro, and renewed
    once the person has been told that somebody else was faster."""
    if isinstance(refusal, ChangedMeanwhile):
        return str(now)
    return request.POST.get(name, str(now))


def sent_again(course: Course, forms: RunForms, *, by: User, at: datetime) -> None:
    """The form for a new course came a second time, unchanged or after the way back in
    the browser: its rows are the sessions of the course's only run, in order of time."""
    runs = list(course.runs.select_related("course", "venue")[:2])
    if len(runs) != 1:
        return
    wanted = sorted(forms.sessions.new_plans(), key=lambda plan: plan.starts_at)
    there = rows_of(runs[0])
    changes = [
        SessionChange(plan=plan, session=session)
        for session, plan in zip(there, wanted, strict=False)
    ]
    changes += [SessionChange(plan=plan) for plan in wanted[len(there) :]]
    changes += [
        SessionChange(plan=plan_of(session), session=session, drop=True)
        for session in there[len(wanted) :]
    ]
    change_run(run=runs[0], plan=forms.plan(), sessions=changes, by=by, at=at)


def told_words(number: int) -> str:
    """How many applicants were written to, for the line that says what was saved."""
    if not number:
        return ""
    words = ngettext(
        "申し込んだ%(n)d件に、変更をお知らせします。",
        "申し込んだ%(n)d件に、変更をお知らせします。",
        number,
    )
    return words % {"n": number}


def what_to_say(refusal: Refusal | None, at_fields: bool) -> dict[str, Any]:
    """For the template: `refusal` for the top of the page, unless it stands at its
    fields, or `to_tell`, who has to know before anything is saved."""
    if isinstance(refusal, PeopleMustKnow):
        return {"to_tell": refusal, "refusal": None}
    return {"refusal": None if at_fields else refusal}
