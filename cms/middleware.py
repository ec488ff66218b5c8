"""Content security policy: strict everywhere, wider only under the back office; and
refusals as pages."""

from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import get_language_from_path
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect

from accounts.domain.rate_limit import TooManyRequests
from accounts.domain.refusal import NotAllowed
from accounts.exchange.paper.typesetting import NotTypeset

BACK_OFFICE = "/manage/"
# The door's page asks for the camera itself; no other page has anything to see or hear.
NO_DEVICES = "camera=(), microphone=(), geolocation=()"


class ContentSecurityPolicyMiddleware(MiddlewareMixin):
    """Two policies, each put together once: no page has one of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        super().__init__(get_response)
        self.public = build_policy()
        self.back_office = build_policy(replace=settings.CSP_BACK_OFFICE)

    def process_response(
        self, request: HttpRequest, response: HttpResponse
    ) -> HttpResponse:
        response.headers.setdefault("Permissions-Policy", NO_DEVICES)
        if settings.DEBUG and response.status_code in (404, 500):
            return response  # Django's own pages for developers have their script within
        is_within = request.path.startswith(BACK_OFFICE)
        response.headers.setdefault(HEADER, self.back_office if is_within else self.public)
        return response


class RefusalMiddleware:
    """Turns the refusals that concern a whole request into the site's own pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path:
            # No address of the site has this sign, and PostgreSQL takes it in no text.
            return render(request, "404.html", status=404)
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if isinstance(exception, TooManyRequests):
            response = render(request, "429.html", {"refusal": exception}, status=429)
            response["Retry-After"] = str(exception.retry_after)
            return response
        if isinstance(exception, NotTypeset):
            return render(request, "503.html", {"refusal": exception}, status=503)
        if isinstance(exception, NotAllowed):
            return render(request, "403.html", {"refusal": exception}, status=403)
        return None


class StaffOnlyMiddleware:
    """Residents who find the back office are told so. Wagtail would send them to the
    sign-in page, which would send them back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(BACK_OFFICE) and self._is_outsider(request):
            return render(request, "403.html", status=403)
        return self.get_response(request)

    def _is_outsider(self, request: HttpRequest) -> bool:
        user = request.user
        return user.is_authenticated and not user.has_perm("wagtailadmin.access_admin")


class FormerAddressMiddleware(RedirectMiddleware):
    """Pages whose address was changed, in every language: Wagtail keeps the address
    without the language that stands in front of it."""

    def process_response(
        self, request: HttpRequest, response: HttpResponse
    ) -> HttpResponse:
        language = get_language_from_path(request.path_info)
        if response.status_code != 404 or language in (None, settings.LANGUAGE_CODE):
            return super().process_response(request, response)
        path = request.path_info.removeprefix(f"/{language}")
        found = get_redirect(request, Redirect.normalise_path(path))
        # The page's address comes in the language of the request.
        link = found and found.link
        return HttpResponsePermanentRedirect(link) if link else response
