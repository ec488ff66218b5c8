"""The address of a postcode, for the form that is being filled in. Open to everybody, so
often in ten minutes; nothing is kept."""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.client_address import client_address
from accounts.domain.postcodes import address_of
from accounts.domain.rate_limit import TooManyRequests, count_attempt


@require_safe
def postcode(request: HttpRequest) -> JsonResponse:
    """`{"address": "東京都武蔵野市境"}`, empty where there is none."""
    try:
        count_attempt(rule="postcode", who=client_address(request), at=timezone.now())
    except TooManyRequests as refusal:
        response = JsonResponse({"address": ""}, status=429)
        response["Retry-After"] = str(refusal.retry_after)
        response["Cache-Control"] = "no-store"
        return response
    response = JsonResponse({"address": address_of(request.GET.get("code", ""))})
    response["Cache-Control"] = "private, max-age=86400"
    return response
