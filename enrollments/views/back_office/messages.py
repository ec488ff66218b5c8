"""The outbox: what did not go out comes first. One's own section's messages only; every
look is noted."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.domain.access import log_access
from accounts.domain.sections import require_section
from courses.models import CourseRun
from enrollments.domain.delivery import send_again, send_all_again, settle_by_hand
from enrollments.domain.letters import send_by_hand_instead
from enrollments.domain.message_queries import (
    NEEDS_SOMEBODY,
    history_of,
    messages_about,
    messages_of,
)
from enrollments.domain.support_rights import may_see_any_support
from enrollments.enums import NotificationState
from enrollments.forms.messages import OutboxForm
from enrollments.models import Application, Notification

PER_PAGE = 50
ACTIONS = {
    "again": send_again,
    "settled": settle_by_hand,
    "by_hand": send_by_hand_instead,
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def outbox(request: HttpRequest) -> HttpResponse:
    """Filters are in the address; words to search for come by POST and change nothing."""
    own = messages_of(request.user)
    runs = CourseRun.objects.filter(
        pk__in=own.filter(state__in=NEEDS_SOMEBODY).values("application__run")
    )
    given = {**request.GET.dict(), **request.POST.dict()}
    runs |= CourseRun.objects.filter(
        code=given.get("run", ""), pk__in=own.values("application__run")
    )
    form = OutboxForm(
        given,
        runs=runs.select_related("course").order_by("-code"),
        sees_support=may_see_any_support(request.user),
    )
    form.is_valid()
    found = _narrowed(own, form.cleaned_data)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    log_access(
        subject="お知らせの送信",
        people=len(page.object_list),
        by=request.user,
        at=timezone.now(),
    )
    counts = dict(own.order_by().values_list("state").annotate(Count("pk")))
    context = {
        "form": form,
        "page_obj": page,
        "state": form.cleaned_data.get("state", ""),
        "dead": counts.get(NotificationState.DEAD, 0),
        "states": [
            (value, label, counts.get(value, 0))
            for value, label in NotificationState.choices
        ],
        "breadcrumbs_items": [{"url": "", "label": _("お知らせの送信")}],
        "header_title": _("お知らせの送信"),
        "page_title": _("お知らせの送信"),
    }
    return render(request, "manage/messages.html", context)


def _narrowed(
    own: QuerySet[Notification], chosen: dict[str, Any]
) -> QuerySet[Notification]:
    """Whoever searches for somebody looks in all states."""
    words, state = chosen.get("q", ""), chosen.get("state", "")
    found = own.filter(messages_about(words)) if words else own
    if state in NotificationState.values:
        found = found.filter(state=state)
    elif state != "all" and not words:
        found = found.filter(state__in=NEEDS_SOMEBODY)
    if chosen.get("kind"):
        found = found.filter(kind=chosen["kind"])
    if chosen.get("run"):
        found = found.filter(application__run=chosen["run"])
    return found.select_related("application__run__course")


@require_POST
def settle_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Send again, write or telephone instead, or note that it was done."""
    message = get_object_or_404(messages_of(request.user), pk=pk)
    act = ACTIONS.get(request.POST.get("action", ""))
    if act is None:
        messages.error(request, _("操作をえらんでください。"))
    elif act(message=message, by=request.user, at=timezone.now()):
        messages.success(request, _("お知らせの状態を変更しました。"))
    else:
        messages.error(request, _("お知らせの状態がすでに変わっています。"))
    back = request.POST.get("back", "")
    if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return redirect("manage_messages")


@require_POST
def retry_all(request: HttpRequest) -> HttpResponse:
    """After the operator has mended the mail server."""
    dead = messages_of(request.user).filter(state=NotificationState.DEAD)
    number = send_all_again(messages=dead, by=request.user, at=timezone.now())
    done = ngettext(
        "%(number)s件をもう一度送ります。", "%(number)s件をもう一度送ります。", number
    )
    messages.success(request, done % {"number": number})
    return redirect("manage_messages")


@never_cache
@require_safe
def message_history(request: HttpRequest, pk: int) -> HttpResponse:
    """All that one person was told, about this and the section's other courses."""
    applications = Application.objects.select_related("run__course__department")
    found = get_object_or_404(applications, pk=pk)
    require_section(request.user, found.run.course.department)
    sent = list(history_of(found, user=request.user))
    log_access(subject="お知らせの履歴", people=1, by=request.user, at=timezone.now())
    title = _("お知らせの履歴")
    number = found.receipt_number
    context = {
        "application": found,
        "sent": sent,
        "breadcrumbs_items": [
            {"url": f"../../../runs/{found.run.code}/", "label": str(found.run)},
            {"url": "../", "label": number},
            {"url": "", "label": title},
        ],
        "header_title": f"{title} {number}",
        "page_title": title,
    }
    return render(request, "manage/message_history.html", context)
