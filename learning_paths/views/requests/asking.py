"""Saying what one wants to learn: similar wishes are shown first, to join them instead."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.client_address import client_address
from accounts.domain.addresses import verified_addresses
from accounts.domain.rate_limit import count_attempt
from accounts.domain.refusal import NotAllowed, Refusal
from learning_paths.domain.wanted.asking import ask_by_mail, ask_signed_in
from learning_paths.domain.wanted.joining import join_by_mail, join_signed_in
from learning_paths.domain.wanted.reading import similar_to
from learning_paths.forms.wanted import JoinForm, WantedForm
from learning_paths.models import LearningRequest
from learning_paths.views.requests.lists import request_page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_request(request: HttpRequest) -> HttpResponse:
    """For everybody. Sent with `step=send`, it was seen that others want the like."""
    form = _form(request)
    if request.method != "POST":
        return _page(request, form)
    if form.is_trapped:
        return redirect("learning_request_sent")
    if not form.is_valid():
        return _page(request, form, status=422)
    if request.POST.get("step") != "send":
        similar = similar_to(form.facts().words())
        if similar:
            return _page(request, form, similar=similar)
    try:
        _count(request)
        return _send(request, form)
    except NotAllowed:
        raise
    except Refusal as refusal:
        form.add_error(None, str(refusal.sentence))
        return _page(request, form, status=409)


@never_cache
@require_POST
def join_request(request: HttpRequest, pk: int) -> HttpResponse:
    """わたしも: at once with a confirmed account, or by the link in a mail. The button
    stands in the form for a new wish too, so that nothing is typed twice."""
    form = JoinForm(request.POST)
    if form.is_trapped:
        return redirect("learning_request_sent")
    found = LearningRequest.objects.public()
    wanted = found.filter(pk=pk).first()
    confirmed = _confirmed(request)
    if wanted is None or not (confirmed or form.is_valid()):
        return request_page(request, pk, JoinForm() if confirmed else form, status=422)
    try:
        _count(request)
        if confirmed:
            join_signed_in(
                request=wanted, by=request.user, at=timezone.now(), language=_language()
            )
            messages.success(request, _("あなたの声を加えました。"))
            return redirect(wanted)
        join_by_mail(
            request=wanted,
            email=form.cleaned_data["email"],
            at=timezone.now(),
            language=_language(),
        )
    except Refusal as refusal:
        why = str(refusal.sentence)
        return request_page(request, pk, form, status=409, why=why)
    return redirect("learning_request_sent")


@never_cache
@require_safe
def request_sent(request: HttpRequest) -> HttpResponse:
    """The same for every address."""
    return render(request, "learning_paths/requests/sent.html")


def _form(request: HttpRequest) -> WantedForm:
    user = request.user if request.user.is_authenticated else None
    initial = {"title": request.GET.get("q", "")[:80]}
    form = WantedForm(request.POST or None, user=user, initial=initial)
    if _confirmed(request):
        form.without_address()
    return form


def _send(request: HttpRequest, form: WantedForm) -> HttpResponse:
    said = {
        "facts": form.facts(),
        "form_key": form.cleaned_data["form_key"],
        "language": _language(),
        "at": timezone.now(),
    }
    if not _confirmed(request):
        ask_by_mail(email=form.cleaned_data["email"], **said)
        return redirect("learning_request_sent")
    ask_signed_in(by=request.user, group=form.cleaned_data.get("group"), **said)
    words = _("受け取りました。内容を確認して、公開したらメールでお知らせします。")
    messages.success(request, words)
    return redirect("own_requests")


def _page(
    request: HttpRequest,
    form: WantedForm,
    *,
    status: int = 200,
    similar: list[LearningRequest] | None = None,
) -> HttpResponse:
    context = {"form": form, "similar": similar}
    return render(request, "learning_paths/requests/new.html", context, status=status)


def _confirmed(request: HttpRequest) -> bool:
    """Whether the visitor's account can speak without a mail."""
    return request.user.is_authenticated and bool(verified_addresses(request.user))


def _count(request: HttpRequest) -> None:
    count_attempt(rule="request", who=client_address(request), at=timezone.now())


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
