"""The outbox: what did not go out comes first. One's own section's messages only."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.domain.access import log_access
from accounts.domain.refusal import NotAllowed
from accounts.domain.sections import section_of
from enrollments.domain.delivery import send_again, settle_by_hand
from enrollments.enums import NotificationState
from enrollments.models import Notification

PER_PAGE = 50
NEEDS_SOMEBODY = (
    NotificationState.DEAD,
    NotificationState.IN_DOUBT,
    NotificationState.BY_HAND,
)


def messages_of(user):
    """Messages about the section's runs; administrators see the others too."""
    if user.is_superuser:
        return Notification.objects.all()
    section = section_of(user)
    if section is None:
        raise NotAllowed
    return Notification.objects.filter(application__run__course__department=section)


@never_cache
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    own = messages_of(request.user)
    counts = dict(own.order_by().values_list("state").annotate(Count("pk")))
    state = request.GET.get("state", "")
    chosen = own.filter(state=state) if state in NotificationState.values else own
    if state not in NotificationState.values:
        chosen = own.filter(state__in=NEEDS_SOMEBODY)
    found = chosen.select_related("application__run__course")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    log_access(
        subject="お知らせの送信",
        people=len(page.object_list),
        by=request.user,
        at=timezone.now(),
    )
    context = {
        "page_obj": page,
        "state": state,
        "states": [
            (value, label, counts.get(value, 0))
            for value, label in NotificationState.choices
        ],
        "breadcrumbs_items": [{"url": "", "label": _("お知らせの送信")}],
        "header_title": _("お知らせの送信"),
        "page_title": _("お知らせの送信"),
    }
    return render(request, "manage/messages.html", context)


@require_POST
def settle_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Send again, or note that it was settled by telephone or letter."""
    message = get_object_or_404(messages_of(request.user), pk=pk)
    act = send_again if request.POST.get("action") == "again" else settle_by_hand
    if act(message=message, by=request.user, at=timezone.now()):
        messages.success(request, _("お知らせの状態を変更しました。"))
    else:
        messages.error(request, _("お知らせの状態がすでに変わっています。"))
    return redirect("manage_messages")
