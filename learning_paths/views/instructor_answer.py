"""The instructor's answer by the link in the mail; a GET decides nothing, since programs
open links, too."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.client_address import client_address
from accounts.domain.rate_limit import count_attempt
from accounts.domain.refusal import Refusal
from learning_paths.domain.instructor_requests.answering import (
    answer_request,
    may_answer,
)
from learning_paths.domain.instructor_requests.links import request_to_answer
from learning_paths.forms.instructor_request import AnswerForm
from learning_paths.models import InstructorRequest
from learning_paths.views.instructor_requests import secret_page

AGREES = {"agree": True, "decline": False}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def instructor_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Forged links, and those that a later mail replaced, get the same 404."""
    found = request_to_answer(token)
    if found is None:
        who = client_address(request)
        count_attempt(rule="instructor_request", who=who, at=timezone.now())
        raise Http404
    form = AnswerForm(request.POST or None)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            if _answered(request, found, form):
                return redirect("instructor_answer", token)
        except Refusal as why:
            refusal = why
    context = {
        "wanted": found,
        "form": form,
        "refusal": refusal,
        "may_answer": may_answer(found, at=timezone.now()),
    }
    status = 409 if refusal else 200
    template = "learning_paths/instructor_answer.html"
    return secret_page(request, template, context, status=status)


def _answered(request: HttpRequest, found: InstructorRequest, form: AnswerForm) -> bool:
    """Raises: AnswerIsOver."""
    agrees = AGREES.get(request.POST.get("act", ""))
    if agrees is None:
        return False
    words = form.cleaned_data["words"]
    answer_request(request=found, agrees=agrees, words=words, at=timezone.now())
    return True
