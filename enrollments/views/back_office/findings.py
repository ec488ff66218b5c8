"""まとめ of a session in the back office: written, approved for the staff, and somebody
named for the citizens. For staff of the section."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.domain.access import log_access
from accounts.domain.refusal import Refusal
from accounts.forms.fields import row_number
from courses.models import CourseRun, Session
from courses.models.querysets import HELD
from enrollments.domain.shared_findings.authors import staff_author
from enrollments.domain.shared_findings.citizens import (
    ask_to_approve,
    citizens_of,
    name_citizen,
)
from enrollments.domain.shared_findings.reading import draft_of
from enrollments.domain.shared_findings.writing import begin_findings
from enrollments.models import SharedFindings
from enrollments.views.back_office.frame import run_for, run_page
from enrollments.views.findings_acts import Acted


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def findings(request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
    run = run_for(request, code)
    sessions = list(run.sessions.filter(state__in=HELD).order_by("starts_at", "number"))
    session = _chosen(sessions, number)
    if session is None:
        return _not_yet(request, run, sessions)
    found = begin_findings(session=session, by=request.user, at=timezone.now())
    found = SharedFindings.objects.select_related(
        "course__department", "session__run", "citizen__application"
    ).get(pk=found.pk)
    acted = Acted(request, draft_of(found), staff_author(found, request.user))
    if request.method == "POST":
        _act(request, found, acted)
        if acted.is_done:
            return redirect("manage_findings_of_session", code, session.number)
    people = citizens_of(found)
    log_access(
        subject=f"まとめ {run.code} 第{session.number}回",
        people=len(people),
        by=request.user,
        at=timezone.now(),
    )
    return run_page(
        request,
        "manage/findings.html",
        run,
        title=_("まとめ"),
        current="manage_findings",
        status=acted.status,
        sessions=sessions,
        session=session,
        citizens=people,
        **acted.context(),
    )


def _chosen(sessions: list[Session], number: int | None) -> Session | None:
    """The one that was asked for, else the last that is over. Raises: Http404."""
    over = [one for one in sessions if one.ends_at <= timezone.now()]
    if number is None:
        return next(iter(over[-1:]), None)
    if all(one.number != number for one in sessions):
        raise Http404
    return next((one for one in over if one.number == number), None)


def _not_yet(request: HttpRequest, run: CourseRun, sessions: list[Session]) -> HttpResponse:
    return run_page(
        request,
        "manage/findings.html",
        run,
        title=_("まとめ"),
        current="manage_findings",
        sessions=sessions,
        session=None,
    )


def _sent(found: SharedFindings, by_mail: str) -> str:
    """Whoever has no mail gets a letter, which staff print."""
    found.refresh_from_db(fields=["citizen"])
    if found.citizen and found.citizen.application.email:
        return by_mail
    return _("メールのない方なので、「郵送・電話」の一覧に加えました。")


def _act(request: HttpRequest, found: SharedFindings, acted: Acted) -> None:
    now, act = timezone.now(), request.POST.get("act", "")
    try:
        if act == "name":
            person = row_number(request.POST.get("citizen", "")) or 0
            name_citizen(findings=found, participant=person, by=request.user, at=now)
            messages.success(
                request, _sent(found, _("市民側で書く方へ、メールを送ります。"))
            )
            acted.is_done = True
        elif act == "ask":
            number = acted.draft.number
            ask_to_approve(findings=found, number=number, by=request.user, at=now)
            messages.success(request, _sent(found, _("承認をお願いするメールを送ります。")))
            acted.is_done = True
        else:
            acted.act(now)
    except Refusal as refusal:
        acted.refusal = refusal
