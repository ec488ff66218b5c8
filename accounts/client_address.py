"""The address a request came from, behind a known number of proxies."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The last address that a trusted proxy wrote; what clients claim is not believed."""
    proxies: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if proxies:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if len(forwarded) >= proxies:
            return str(forwarded[-proxies].strip())
    return str(request.META.get("REMOTE_ADDR", ""))
