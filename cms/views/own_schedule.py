"""The signed-in person's own dates by month, week and day. Nobody else may see them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from cms.presenters.own_schedule import own_schedule_context


@never_cache
@login_required
@require_safe
def own_schedule(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    context = own_schedule_context(request.user, request.GET, at=timezone.now())
    return render(request, "enrollments/schedule.html", context)
