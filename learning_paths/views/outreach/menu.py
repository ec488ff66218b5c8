"""出前講座メニュー, and asking for one of them."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.client_address import client_address
from accounts.domain.rate_limit import count_attempt
from accounts.domain.refusal import NotAllowed, Refusal
from learning_paths.domain.outreach.asking import ask_for_outreach
from learning_paths.domain.outreach.dates import first_day, weekday_words
from learning_paths.domain.outreach.links import outreach_token
from learning_paths.domain.outreach.menu import menu, themes_on_menu
from learning_paths.forms.outreach import OutreachForm, known_of
from learning_paths.forms.wanted import RequestFilterForm
from learning_paths.models import OutreachEntry


@never_cache
@require_safe
def outreach_menu(request: HttpRequest) -> HttpResponse:
    wanted = RequestFilterForm(request.GET).wanted()
    entries = menu(theme=wanted["theme"], words=wanted["words"])
    context = {"entries": entries, "wanted": wanted, "themes": themes_on_menu()}
    return render(request, "learning_paths/outreach/menu.html", context)


@never_cache
@require_safe
def outreach_entry(request: HttpRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(menu(), pk=pk)
    context = {"entry": entry, "weekdays": weekday_words(entry.weekdays)}
    return render(request, "learning_paths/outreach/entry.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_outreach(request: HttpRequest, pk: int) -> HttpResponse:
    """For everybody; what was typed stays when something is wrong."""
    entry = get_object_or_404(menu(), pk=pk)
    user = request.user if request.user.is_authenticated else None
    form = OutreachForm(
        request.POST or None, entry=entry, user=user, initial=known_of(user)
    )
    status = 200
    if request.method == "POST":
        if form.is_trapped:
            return redirect("learning_request_sent")
        answer = _ask(request, entry, form) if form.is_valid() else None
        if answer is not None:
            return answer
        status = 422
    context = {
        "entry": entry,
        "form": form,
        "first_day": first_day(entry, at=timezone.now()),
        "weekdays": weekday_words(entry.weekdays),
    }
    return render(request, "learning_paths/outreach/ask.html", context, status=status)


def _ask(
    request: HttpRequest, entry: OutreachEntry, form: OutreachForm
) -> HttpResponse | None:
    """None where a rule said no; the form then says why."""
    now = timezone.now()
    try:
        count_attempt(rule="request", who=client_address(request), at=now)
        asked = ask_for_outreach(
            entry=entry,
            asked=form.asked(),
            by=request.user if request.user.is_authenticated else None,
            at=now,
            form_key=form.cleaned_data["form_key"],
            language=get_language() or settings.LANGUAGE_CODE,
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return None
    return redirect("outreach_own", outreach_token(asked))
