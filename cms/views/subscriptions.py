"""How to subscribe to a calendar, for every kind of calendar program. Open to everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.page_cache.middleware import kept
from cms.presenters.subscriptions import subscription_context


@kept
@require_safe
def subscribe(request: HttpRequest) -> HttpResponse:
    return render(request, "cms/subscribe.html", subscription_context(request.GET))
