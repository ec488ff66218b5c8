"""代表 and 担当 apply for several members at once, on one page."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.client_address import client_address
from accounts.domain.rate_limit import count_attempt
from accounts.domain.refusal import NotAllowed, Refusal
from courses.domain.reception import facts_of, public_words, reception_status
from courses.enums import RequirementKind as Kind
from courses.models import CourseRun
from enrollments.domain.asking import Asked, asked_of_visitor
from enrollments.domain.gates import require_open
from enrollments.domain.links import application_token
from enrollments.forms.applying import known_of
from enrollments.views.offered import offered_to
from learning_paths.domain.member_names import is_named, name_of_member
from learning_paths.domain.queries import members_of
from learning_paths.domain.sending_members import Sent, apply_for_members, places_for_group
from learning_paths.domain.sent_members import members_in_runs
from learning_paths.domain.standings import completed_by_members
from learning_paths.forms.sending import SendingForm
from learning_paths.models import Membership
from learning_paths.views.access import for_organisers

ASKED_OF_EACH = frozenset({Kind.AGE, Kind.SCHOOL_YEAR})


@dataclass(frozen=True)
class Candidate:
    """A member as somebody to send; `why_not` is empty for those who can be chosen."""

    pk: int
    name: str
    role: str
    note: str
    why_not: str


@for_organisers
@require_http_methods(["GET", "HEAD", "POST"])
def group_send(request: HttpRequest, own: Membership, run: str) -> HttpResponse:
    try:
        offered = offered_to(request).run(run)
    except CourseRun.DoesNotExist:
        raise Http404 from None
    now = timezone.now()
    terms = offered_to(request).notice("terms", at=now) if offered.asks_terms else None
    asked = asked_of_visitor(offered, request.user, at=now, has_terms=terms is not None)
    members = members_of(own.group)
    candidates = candidates_for(members, offered)
    form = SendingForm(
        request.POST or None,
        asked=asked,
        choices=[(one.pk, one.name) for one in candidates if not one.why_not],
        places=places_for_group(asked.places),
        initial=known_of(request.user),
    )
    closed = refusal = _too_early_or_late(asked)
    exceeds = None
    if request.method == "POST" and refusal is None and form.is_valid():
        exceeds = _places_exceeded(form, waits=request.POST.get("step") == "wait")
    if request.method == "POST" and refusal is None and form.is_valid() and not exceeds:
        try:
            count_attempt(rule="apply", who=client_address(request), at=now)
            application = apply_for_members(
                group=own.group,
                run=offered,
                sent=Sent(form.chosen(members), form.place),
                request=form.seat_request(),
                by=request.user,
                at=now,
            )
            return redirect("application", application_token(application))
        except NotAllowed:
            raise
        except Refusal as refused:
            refusal = refused
    context = {
        **_shown(offered, form, asked),
        "group": own.group,
        "candidates": candidates,
        "notice": offered_to(request).notice("application", at=now),
        "terms": terms,
        "refusal": refusal,
        "is_closed": closed is not None,
        "exceeds": exceeds,
    }
    status = 422 if form.errors else 409 if request.method == "POST" else 200
    return render(request, "learning_paths/send.html", context, status=status)


def _shown(run: CourseRun, form: SendingForm, asked: Asked) -> dict[str, object]:
    return {
        "run": run,
        "course": run.course,
        "sessions": run.sessions.all(),
        "form": form,
        "places": form.places,
        "checked": {str(one) for one in form["members"].value() or ()},
        "asks_each": bool(asked.kinds & ASKED_OF_EACH),
        "reception": _reception(run),
    }


def _places_exceeded(form: SendingForm, *, waits: bool) -> int | None:
    """The places that are left, where those who were chosen do not fit in them and nobody
    has said that all may wait. Of a valid form."""
    left = form.place.left if form.place else None
    if waits or not left or len(form.cleaned_data["members"]) <= left:
        return None
    return left


def candidates_for(members: list[Membership], run: CourseRun) -> list[Candidate]:
    """Those who have not been yet come first."""
    placed = members_in_runs(members, [run.pk]).get(run.pk, frozenset())
    done = {
        one.member for one in completed_by_members(members) if one.course == run.course_id
    }
    found = [
        Candidate(
            pk=one.pk,
            name=name_of_member(one),
            role=one.get_role_display(),
            note=_("この講座を修了しています") if one.pk in done else "",
            why_not=_("申込み済み")
            if one.pk in placed
            else ("" if is_named(one) else _("お名前が未登録のため、えらべません")),
        )
        for one in members
    ]
    return sorted(found, key=lambda one: (bool(one.why_not), bool(one.note)))


def _too_early_or_late(asked: Asked) -> Refusal | None:
    try:
        require_open(run=asked.run, at=timezone.now())
    except Refusal as refusal:
        return refusal
    return None


def _reception(run: CourseRun) -> dict[str, object]:
    now = timezone.now()
    facts = facts_of(run, at=now)
    status = reception_status(facts, at=now)
    return {"status": status, "label": public_words(facts, status), "places": ""}
