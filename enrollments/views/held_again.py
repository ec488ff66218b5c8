"""Asking to be told when a course is held again, confirming it, and ending it."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.client_address import client_address
from accounts.domain.rate_limit import count_attempt
from accounts.domain.refusal import NotAllowed
from courses.models import Course
from enrollments.domain.held_again import (
    NoOwnAddress,
    ask_signed_in,
    ask_to_be_told,
    confirm,
    stop,
    stop_own,
    wishes_of,
)
from enrollments.domain.links import wish_for
from enrollments.forms.held_again import HeldAgainForm
from enrollments.models import HeldAgainWish

ANY = ["GET", "HEAD", "POST"]


@never_cache
@csrf_exempt
@require_http_methods(ANY)
def ask_held_again(request: HttpRequest, slug: str) -> HttpResponse:
    """For everybody. The form stands on the course's page, which is the same for all
    who are not signed in and so carries no token: whoever is signed in needs one, from
    others the browser's own word where the form stood is enough, as they lend the
    sender no rights."""
    course = get_object_or_404(Course.objects.public(), slug=slug)
    if request.method != "POST":
        return _form_page(request, course, HeldAgainForm())
    count_attempt(rule="held_again", who=client_address(request), at=timezone.now())
    if request.user.is_authenticated:
        return _ask_for_account(request, course)
    if not _from_here(request):
        raise NotAllowed
    return _ask_by_mail(request, course)


@csrf_protect
def _ask_for_account(request: HttpRequest, course: Course) -> HttpResponse:
    language = get_language() or settings.LANGUAGE_CODE
    try:
        ask_signed_in(
            course=course, user=request.user, language=language, at=timezone.now()
        )
    except NoOwnAddress:
        return _ask_by_mail(request, course)
    messages.success(
        request, _("開催が決まったらメールでお知らせします。マイページで取り消せます。")
    )
    return redirect(course)


def _ask_by_mail(request: HttpRequest, course: Course) -> HttpResponse:
    form = HeldAgainForm(request.POST)
    if not form.is_valid():
        return _form_page(request, course, form, status=422)
    ask_to_be_told(
        course=course,
        email=form.cleaned_data["email"],
        language=get_language() or settings.LANGUAGE_CODE,
        at=timezone.now(),
    )
    return redirect("held_again_asked")


def _form_page(
    request: HttpRequest, course: Course, form: HeldAgainForm, *, status: int = 200
) -> HttpResponse:
    context = {"course": course, "form": form}
    return render(request, "enrollments/held_again_ask.html", context, status=status)


def _from_here(request: HttpRequest) -> bool:
    """Browsers say with every POST on whose page the form stood; older ones nothing."""
    origin = request.headers.get("Origin")
    public = urlsplit(settings.PUBLIC_URL)
    own = {
        f"{request.scheme}://{request.get_host()}",
        f"{public.scheme}://{public.netloc}",
    }
    return origin is None or origin in own


@never_cache
@require_safe
def held_again_asked(request: HttpRequest) -> HttpResponse:
    """The same for every address."""
    return render(request, "enrollments/held_again_asked.html")


@never_cache
@require_http_methods(ANY)
def held_again(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the mail's link; a GET changes nothing, as programs open links too."""
    wish = _wish(token)
    if request.method == "POST":
        wish = confirm(wish=wish, at=timezone.now())
    context = {"wish": wish, "course": wish.course, "token": token}
    return render(request, "enrollments/held_again.html", context)


@never_cache
@csrf_exempt
@require_http_methods(ANY)
def held_again_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Mail programs POST here by themselves when their owner says so (RFC 8058), so it
    needs no token beside that in the address. Ended twice is ended."""
    wish = wish_for(token)
    if request.method == "POST" and wish is not None:
        course = wish.course
        stop(wish=wish)
        context = {"course": course, "stopped": True}
    else:
        context = {"wish": wish, "course": wish and wish.course, "token": token}
    return render(request, "enrollments/held_again_stop.html", context)


@login_required
@require_POST
def held_again_stop_own(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else's is answered like one that does not exist."""
    wish = get_object_or_404(wishes_of(request.user), pk=pk)
    stop_own(wish=wish, by=request.user)
    messages.success(request, _("お知らせをやめました。"))
    return redirect("my_page")


def _wish(token: str) -> HeldAgainWish:
    """Raises: Http404 for forged, ended and forgotten ones alike."""
    wish = wish_for(token)
    if wish is None:
        raise Http404
    return wish
