"""What people want to learn, for everybody; and what one has asked for oneself."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning_paths.domain.outreach.links import outreach_of, outreach_token
from learning_paths.domain.wanted.joining import has_joined
from learning_paths.domain.wanted.reading import find_requests, themes_asked_for, voices_of
from learning_paths.domain.wanted.states import TAKES_VOICES
from learning_paths.enums import SuitableTime
from learning_paths.forms.wanted import JoinForm, RequestFilterForm
from learning_paths.models import LearningRequest
from learning_paths.models.request import PUBLIC_STATES

PER_PAGE = 30


@never_cache
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    wanted = RequestFilterForm(request.GET).wanted()
    page = Paginator(find_requests(**wanted), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "wanted": wanted,
        "page_obj": page,
        "page_range": page.paginator.get_elided_page_range(page.number),
        "themes": themes_asked_for(),
        "states": [(state.value, state.label) for state in PUBLIC_STATES],
        "is_narrowed": any(wanted.values()),
    }
    return render(request, "learning_paths/requests/list.html", context)


@never_cache
@require_safe
def learning_request(request: HttpRequest, pk: int) -> HttpResponse:
    return request_page(request, pk, JoinForm())


def request_page(
    request: HttpRequest, pk: int, form: JoinForm, *, status: int = 200, why: str = ""
) -> HttpResponse:
    """One wish; `why` says what was wrong with joining it. Raises: Http404."""
    found = LearningRequest.objects.public().with_voices()
    wanted = get_object_or_404(
        found.select_related("theme", "audience", "department", "course", "run__course"),
        pk=pk,
    )
    signed_in = request.user.is_authenticated
    context = {
        "wanted": wanted,
        "suits": [SuitableTime(one).label for one in wanted.suits],
        "course": wanted.course if wanted.state == "planned" else None,
        "takes_voices": wanted.state in TAKES_VOICES,
        "joined": signed_in and has_joined(wanted, request.user),
        "form": form,
        "why": why,
    }
    template = "learning_paths/requests/request.html"
    return render(request, template, context, status=status)


@never_cache
@login_required
@require_safe
def own_requests(request: HttpRequest) -> HttpResponse:
    asked = [(one, outreach_token(one)) for one in outreach_of(request.user)]
    context = {"voices": voices_of(request.user), "asked": asked}
    return render(request, "learning_paths/requests/mine.html", context)
