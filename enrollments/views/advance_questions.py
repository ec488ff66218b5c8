"""事前の質問 by whoever holds the secret link of an application: sent and taken back."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.client_address import client_address
from accounts.domain.rate_limit import count_attempt
from accounts.domain.refusal import Refusal
from accounts.forms.fields import row_number
from accounts.models import User
from enrollments.domain.advance_questions.asking import (
    MOST_EACH,
    ask_beforehand,
    own_questions,
    take_back,
)
from enrollments.domain.advance_questions.calling import open_call
from enrollments.forms.advance_questions import AskForm
from enrollments.models import Application, QuestionCall
from enrollments.models.querysets import LIVE
from enrollments.views.application import by_secret_link


@require_http_methods(["GET", "HEAD", "POST"])
@by_secret_link
def application_questions(
    request: HttpRequest, application: Application, token: str
) -> HttpResponse:
    """`act` is `ask`, or `take-back` of one `question`."""
    call = QuestionCall.objects.filter(run=application.run_id).first()
    if call is None:
        raise Http404
    now = timezone.now()
    is_asked = request.method == "POST" and request.POST.get("act") != "take-back"
    form = AskForm(request.POST if is_asked else None)
    refusal: Refusal | None = None
    if request.method == "POST":
        count_attempt(rule="question", who=client_address(request), at=now)
        try:
            if _acted(request, application, form, now):
                return redirect("application_questions", token)
        except Refusal as found:
            refusal = found
    own = own_questions(application)
    context = {
        "application": application,
        "run": application.run,
        "course": application.run.course,
        "token": token,
        "call": call,
        "is_open": open_call(application.run, at=now) and application.state in LIVE,
        "own": own,
        "enough": len(own) >= MOST_EACH,
        "form": form,
        "refusal": refusal,
    }
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "enrollments/questions.html", context, status=status)


def _acted(
    request: HttpRequest, application: Application, form: AskForm, at: datetime
) -> bool:
    """Raises: those of the acts."""
    if form.is_bound:
        if not form.is_valid():
            return False
        text = form.cleaned_data["text"]
        ask_beforehand(application=application, text=text, at=at)
        messages.success(
            request, _("質問を受け取りました。担当課が読み、当日に生かします。")
        )
        return True
    every = application.advance_questions.select_related("call")
    key = row_number(request.POST.get("question", "")) or 0
    question = get_object_or_404(every, pk=key)
    by = request.user if isinstance(request.user, User) else None
    take_back(question=question, by=by, at=at)
    messages.success(request, _("質問を取り下げました。"))
    return True
