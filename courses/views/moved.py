"""The answer to somebody who comes by an address that a course had before."""

from django.http import HttpResponse, HttpResponsePermanentRedirect


def redirect_for_an_hour(address: str) -> HttpResponse:
    """Permanent, so that search engines and calendars take over the new address, and
    yet asked for again: without a limit browsers would remember it for ever."""
    response = HttpResponsePermanentRedirect(address)
    response["Cache-Control"] = "public, max-age=3600"
    return response
