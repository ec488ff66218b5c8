"""The group names its activities, for which it states stages apart."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from learning_paths.domain.activities import begin_activity, end_activity
from learning_paths.models import Membership
from learning_paths.views.access import for_organisers
from learning_paths.views.refused import refusals_on_group_page


@for_organisers
@require_POST
@refusals_on_group_page
def group_activity(request: HttpRequest, own: Membership) -> HttpResponse:
    name = request.POST.get("name", "")[:80]
    activity = begin_activity(
        group=own.group, name=name, by=request.user, at=timezone.now()
    )
    words = _("「%(activity)s」を加えました。続けて、この活動のステージを記録できます。")
    messages.success(request, words % {"activity": activity.name})
    return redirect(own.group)


@for_organisers
@require_POST
@refusals_on_group_page
def group_activity_end(request: HttpRequest, own: Membership, pk: int) -> HttpResponse:
    activity = get_object_or_404(own.group.activities, pk=pk)
    end_activity(activity=activity, by=request.user, at=timezone.now())
    words = _("「%(activity)s」を終わった活動にしました。")
    messages.success(request, words % {"activity": activity.name})
    return redirect(own.group)
