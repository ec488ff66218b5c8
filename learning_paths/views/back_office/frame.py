"""What the pages of 学びたい and 出前講座 in the back office have in common."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.domain.refusal import NotAllowed, Refusal
from accounts.domain.sections import section_of

View = Callable[..., HttpResponse]


def for_staff(view: View) -> View:
    """Whoever works in a section, and administrators; anybody else gets 403."""

    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **rest: Any) -> HttpResponse:
        if section_of(request.user) is None and not request.user.is_superuser:
            raise NotAllowed
        return view(request, *args, **rest)

    return opened


def desk_page(
    request: HttpRequest,
    template: str,
    *,
    title: str,
    root: str,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """`root` names the list that the page belongs to."""
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
            **context,
        },
        status=status,
    )


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
