"""A code that is shown or typed, people who come without having applied, and heads."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.refusal import Refusal
from accounts.forms.fields import row_number
from courses.models import Session
from enrollments.domain.door_codes import Arrival, arrive
from enrollments.domain.head_counts import note_head_count
from enrollments.domain.refusals import RunFull
from enrollments.domain.tables.reading import table_numbers
from enrollments.domain.walk_ins import welcome_walk_in
from enrollments.enums import DoorAnswer
from enrollments.forms.walk_in import WalkInForm
from enrollments.views.door.frame import at_the_door, wants_json
from enrollments.views.door.page import page_of

COMES_IN = (DoorAnswer.CAME, DoorAnswer.ALREADY)


@require_POST
@at_the_door
def door_code(request: HttpRequest, session: Session) -> HttpResponse:
    """For the camera (JSON) and for the form in which the code is typed."""
    try:
        arrival = arrive(
            session=session,
            code=request.POST.get("code", ""),
            by=request.user,
            at=timezone.now(),
        )
    except Refusal as refusal:
        if wants_json(request):
            return JsonResponse({"refusal": str(refusal.sentence)}, status=409)
        messages.error(request, refusal.sentence)
        return redirect("door", session.pk)
    words = _words(arrival) + _table_words(session, arrival)
    person = arrival.person
    is_visitor = person is not None and arrival.answer == DoorAnswer.OTHER_DATES
    instead = reverse("door_made_up", args=[session.pk, person.pk]) if is_visitor else ""
    if wants_json(request):
        found = {"answer": arrival.answer, "words": words}
        told = {"name": person.full_name, "person": person.pk} if person else {}
        leads = {"instead": instead} if instead else {}
        return JsonResponse({**found, **told, **leads})
    if instead:
        return redirect(instead)
    say = messages.success if arrival.answer == DoorAnswer.CAME else messages.warning
    say(request, f"{person.full_name}　{words}" if person else words)
    came = person and arrival.answer in COMES_IN
    place = f"#p{person.pk}" if came else ""
    return redirect(reverse("door", args=[session.pk]) + place)


def _table_words(session: Session, arrival: Arrival) -> str:
    """Where to sit, for whoever comes in."""
    if arrival.person is None or arrival.answer not in COMES_IN:
        return ""
    number = table_numbers(session).get(arrival.person.pk)
    return "　" + _("テーブル%(number)s") % {"number": number} if number else ""


def _words(arrival: Arrival) -> str:
    label = str(DoorAnswer(arrival.answer).label)
    if arrival.answer == DoorAnswer.OTHER_SESSION:
        return _("第%(number)s回に参加する方です。") % {"number": arrival.elsewhere}
    if arrival.elsewhere:
        return f"{label}（{arrival.elsewhere}）"
    return label


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_door
def door_walk_in(request: HttpRequest, session: Session) -> HttpResponse:
    """Name and reading are enough. Where all places are taken, a reason adds one."""
    form = WalkInForm(request.POST or None)
    is_full, refusal = False, None
    if request.method == "POST" and form.is_valid():
        try:
            came = welcome_walk_in(
                session=session,
                person=form.person(),
                phone=form.cleaned_data["phone"],
                key=UUID(str(form.cleaned_data["key"])),
                why_more_places=form.cleaned_data["why_more_places"],
                by=request.user,
                at=timezone.now(),
            )
        except RunFull as found:
            is_full, refusal = True, found
        except Refusal as found:
            refusal = found
        else:
            words = _("%(name)sさんを受け付けました。") % {"name": came.full_name}
            messages.success(request, words)
            return redirect(reverse("door", args=[session.pk]) + f"#p{came.pk}")
    context = {
        **page_of(session),
        "form": form,
        "is_full": is_full or bool(request.POST.get("why_more_places")),
        "refusal": refusal,
    }
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "enrollments/door/walk_in.html", context, status=status)


@require_POST
@at_the_door
def door_heads(request: HttpRequest, session: Session) -> HttpResponse:
    """`more` counts one by one, `number` says it at once."""
    more = {"1": 1, "-1": -1}.get(request.POST.get("more", ""))
    try:
        note_head_count(
            session=session,
            number=row_number(request.POST.get("number", "")) or 0,
            more=more,
            by=request.user,
            at=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("door", session.pk)
