"""Whether a certificate is genuine. For everybody who has its address or its code; of the
person it says nothing but whether a name that is typed is the right one (ADR 32)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.client_address import client_address
from accounts.domain.rate_limit import count_attempt
from enrollments.domain.finishing.codes import code_typed
from enrollments.domain.finishing.group_certificates import public_name
from enrollments.domain.finishing.verification import certificate_behind, is_holder
from enrollments.forms.certificates import CodeForm, HolderForm


@never_cache
@require_safe
def verify_typed(request: HttpRequest) -> HttpResponse:
    """The form for a code on paper; a code sends on to its page."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        code = code_typed(form.cleaned_data["code"])
        if code:
            return redirect("certificate", code)
        form.add_error("code", _("確認番号は、数字とアルファベットの16文字です。"))
    status = 422 if form.errors else 200
    return _unlisted(
        render(request, "enrollments/verify.html", {"form": form}, status=status)
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify_certificate(request: HttpRequest, code: str) -> HttpResponse:
    """A POST compares a name. Unknown, mistyped and impossible codes get one answer.

    Raises: TooManyRequests.
    """
    now = timezone.now()
    count_attempt(rule="certificate", who=client_address(request), at=now)
    found = certificate_behind(code)
    if found is None:
        return _unlisted(_unknown(request))
    form = HolderForm(request.POST or None, of_group=found.is_of_group)
    compared = None
    if form.is_valid():
        who = f"{client_address(request)} {found.code}"
        count_attempt(rule="certificate_name", who=who, at=now)
        compared = is_holder(found, form.cleaned_data["name"])
    context = {
        "certificate": found,
        "form": form,
        "compared": compared,
        "public_name": public_name(found),
    }
    return _unlisted(render(request, "enrollments/certificate.html", context))


def _unknown(request: HttpRequest) -> HttpResponse:
    context = {"form": CodeForm(), "is_unknown": True}
    return render(request, "enrollments/verify.html", context, status=404)


def _unlisted(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response
