"""How to subscribe to a calendar, for every kind of calendar program. Open to everybody."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.exchange.paper.qr import qr_svg
from accounts.views.pictures import svg_response
from cms.page_cache.middleware import kept
from cms.presenters.feed_links import guide_address
from cms.presenters.subscriptions import subscription_context

FOR_A_DAY = "public, max-age=86400"


@kept
@require_safe
def subscribe(request: HttpRequest) -> HttpResponse:
    return render(request, "cms/subscribe.html", subscription_context(request.GET))


@require_safe
def subscribe_qr(request: HttpRequest) -> HttpResponse:
    """The QR code that leads a phone to the same explanation."""
    page = guide_address(request.META.get("QUERY_STRING", ""))
    try:
        drawn = qr_svg(f"{settings.PUBLIC_URL}{page}")
    except ValueError as too_long:
        raise Http404 from too_long
    return svg_response(drawn, cache_control=FOR_A_DAY)
