"""Content security policy: strict everywhere, wider only under the back office."""

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse

BACK_OFFICE = "/manage/"


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    def process_response(
        self, request: HttpRequest, response: HttpResponse
    ) -> HttpResponse:
        if request.path.startswith(BACK_OFFICE):
            response._csp_replace = settings.CSP_BACK_OFFICE  # type: ignore[attr-defined]
        return super().process_response(request, response)
