"""Participants note themselves present by the number on the wall, and tell beforehand
that they will not come."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.client_address import client_address
from accounts.domain.rate_limit import count_attempt
from accounts.domain.refusal import Refusal
from accounts.forms.fields import row_number
from accounts.models import User
from courses.models import Session
from courses.models.session import UID_DOMAIN
from enrollments.domain.absences import tell_absence
from enrollments.domain.door_codes import tidy_code
from enrollments.domain.door_numbers import note_own_presence, open_key
from enrollments.domain.refusals import NotOnTheList
from enrollments.enums import ApplicationState
from enrollments.models import Application, Participant
from enrollments.views.application import by_secret_link


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def here(request: HttpRequest, key: str) -> HttpResponse:
    """Where the wall's QR code leads. Whoever is signed in chooses who has come; anybody
    else types the code of their receipt."""
    session = get_object_or_404(
        Session.objects.select_related("run__course__department", "run__venue"),
        uid=f"session-{key}@{UID_DOMAIN}",
    )
    now = timezone.now()
    people = _own_people(request, session)
    refusal, done = None, False
    if request.method == "POST":
        try:
            _note(request, session, people)
            done = True
        except Refusal as found:
            refusal = found
    context = {
        "session": session,
        "course": session.run.course,
        "people": people,
        "number": request.POST.get("number") or request.GET.get("n", ""),
        "is_open": open_key(session, at=now) is not None,
        "refusal": refusal,
        "done": done,
    }
    status = 409 if refusal else 200
    response = render(request, "enrollments/here.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def _own_people(request: HttpRequest, session: Session) -> list[Participant]:
    if not request.user.is_authenticated:
        return []
    found = Participant.objects.filter(
        application__user=request.user,
        application__run=session.run_id,
        application__state=ApplicationState.ACCEPTED,
    ).select_related("application__pool")
    return [p for p in found if p.application.pool.session_id in (None, session.pk)]


def _note(request: HttpRequest, session: Session, people: list[Participant]) -> None:
    """Raises: NotOnTheList, and as `note_own_presence`."""
    now = timezone.now()
    wanted = {row_number(pk) for pk in request.POST.getlist("person")}
    came = [one for one in people if one.pk in wanted]
    if not people:
        # From one address a whole hall may come; a guess has 30 ** 12 codes before it.
        address = client_address(request)
        count_attempt(rule="door_code", who=address, at=now)
        code = tidy_code(request.POST.get("code", ""))
        found = Participant.objects.filter(
            door_code=code, application__run=session.run_id
        ).select_related("application__pool")
        came = list(found)
    if not came:
        raise NotOnTheList(
            _("参加する方を確かめられません。受付の職員にお声がけください。")
        )
    by = request.user if isinstance(request.user, User) else None
    for application in {one.application_id: one.application for one in came}.values():
        note_own_presence(
            application=application,
            session=session,
            participants=[p.pk for p in came if p.application_id == application.pk],
            number=request.POST.get("number", ""),
            by=by,
            at=now,
        )


@require_POST
@by_secret_link
def application_here(
    request: HttpRequest, application: Application, token: str, pk: int
) -> HttpResponse:
    """The number, typed on the application's own page."""
    session = _own_session(application, pk)
    people = request.POST.getlist("person")
    try:
        note_own_presence(
            application=application,
            session=session,
            participants=[row_number(one) or 0 for one in people],
            number=request.POST.get("number", ""),
            by=request.user if isinstance(request.user, User) else None,
            at=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("出席を記録しました。"))
    return redirect(reverse("application", args=[token]) + "#attendance")


@require_POST
@by_secret_link
def application_absence(
    request: HttpRequest, application: Application, token: str, pk: int
) -> HttpResponse:
    session = _own_session(application, pk)
    absent = [row_number(one) or 0 for one in request.POST.getlist("absent")]
    try:
        tell_absence(
            application=application,
            session=session,
            absent=absent,
            by=request.user if isinstance(request.user, User) else None,
            at=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(
            request,
            _("欠席のご連絡を受け付けました。")
            if absent
            else _("出席の予定に戻しました。"),
        )
    return redirect(reverse("application", args=[token]) + "#attendance")


def _own_session(application: Application, pk: int) -> Session:
    found = Session.objects.select_related("run").filter(run=application.run_id, pk=pk)
    session = found.first()
    if session is None:
        raise Http404
    return session
