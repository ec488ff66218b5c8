"""What the pages of 学びたい and 出前講座 in the back office have in common."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.domain.refusal import NotAllowed, Refusal
from accounts.domain.sections import require_staff
from accounts.forms.fields import row_number
from enrollments.models import Notification
from learning_paths.domain.by_hand import settle

View = Callable[..., HttpResponse]
# What is to be done, and what is said once it is.
Act = tuple[Callable[[], object], str]


def for_staff(view: View) -> View:
    """Whoever works in a section, and administrators; anybody else gets 403."""

    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **rest: Any) -> HttpResponse:
        require_staff(request.user)
        return view(request, *args, **rest)

    return opened


def desk_page(
    request: HttpRequest,
    template: str,
    *,
    title: str,
    root: str,
    forms: Mapping[str, BaseForm] | None = None,
    **context: Any,
) -> HttpResponse:
    """`root` names the list that the page belongs to; with a mistake in one of the
    `forms`, by name, it is a 422."""
    forms = forms or {}
    label = _("学びたい") if root == "manage_requests" else _("出前講座")
    here = request.path == reverse(root)
    crumbs = [] if here else [{"url": reverse(root), "label": label}]
    return render(
        request,
        f"learning_paths/manage/{template}.html",
        {
            "page_title": title,
            "header_title": title,
            "breadcrumbs_items": [*crumbs, {"url": "", "label": title}],
            "forms": forms,
            **context,
        },
        status=422 if any(form.errors for form in forms.values()) else 200,
    )


def step_done(
    request: HttpRequest, forms: Mapping[str, Any], act_of: Callable[[str, Any], Act]
) -> bool:
    """Whether what was asked for with one of the forms, named by `step`, is done.

    Raises: Http404 for a step that has no form here, NotAllowed.
    """
    step = request.POST.get("step", "")
    if step not in forms:
        raise Http404
    form = forms[step]
    return form.is_valid() and carried_out(request, form, *act_of(step, form))


def note_told(request: HttpRequest, waiting: QuerySet[Notification]) -> None:
    """The message that a button names was told by telephone."""
    chosen = waiting.filter(pk=row_number(request.POST.get("message", "")))
    settle(messages=chosen, by=request.user, at=timezone.now())
    messages.success(request, _("伝えたことを記録しました。"))


def carried_out(
    request: HttpRequest, form: BaseForm, act: Callable[[], object], words: str
) -> bool:
    """Whether the act was done; what a rule says stands at the top of its form.

    Raises: NotAllowed.
    """
    try:
        act()
    except NotAllowed:
        raise
    except Refusal as refusal:
        refuse = getattr(form, "refuse", None)
        if refuse is not None:
            refuse(refusal)
        else:
            form.add_error(None, str(refusal.sentence))
        return False
    messages.success(request, words)
    return True
