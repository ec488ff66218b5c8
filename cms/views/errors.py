"""The site's own pages for refusals, saying what to do next."""

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import resolve


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The address asked for is not repeated: it may hold somebody's secret link."""
    return render(request, "404.html", {"address_unknown": True}, status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Nothing is done; but what somebody typed into an application for half an hour is
    given back to them, to be sent again from a page that is not too old. What another
    site had a browser send is not repeated."""
    typed = [] if _from_elsewhere(reason) else _typed_into_application(request)
    return render(request, "403_csrf.html", {"typed": typed}, status=403)


def _from_elsewhere(reason: str) -> bool:
    return reason.startswith(("Origin checking", "Referer checking"))


def _typed_into_application(request: HttpRequest) -> list[tuple[str, str]]:
    match = resolve(request.path_info)
    if match.url_name != "apply":
        return []
    return [
        (name, value)
        for name in request.POST
        if name not in ("csrfmiddlewaretoken", "step")
        for value in request.POST.getlist(name)
    ]


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without request, session or database: any of them may be what failed."""
    return HttpResponseServerError(render_to_string("500.html"))
