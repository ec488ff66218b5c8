"""Every page of a group is opened by membership; outsiders learn nothing from it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

from learning_paths.domain.membership import membership_of, require_organiser
from learning_paths.models import Group, Membership

View = Callable[..., HttpResponse]


def for_members(view: View) -> View:
    """The view gets the visitor's own Membership; anybody else gets 404.

    Whoever is not signed in is asked to sign in first, whether or not there is such
    a group.
    """

    @never_cache
    @login_required
    @wraps(view)
    def opened(request: HttpRequest, code: str, **rest: Any) -> HttpResponse:
        group = get_object_or_404(Group, code=code)
        own = membership_of(request.user, group)
        if own is None:
            raise Http404
        own.group = group
        response = view(request, own, **rest)
        response["X-Robots-Tag"] = "noindex"
        return response

    return opened


def for_organisers(view: View) -> View:
    """As above, but members who are neither 代表 nor 担当 get a 403 that says so."""

    @for_members
    @wraps(view)
    def opened(request: HttpRequest, own: Membership, **rest: Any) -> HttpResponse:
        require_organiser(request.user, own.group)
        return view(request, own, **rest)

    return opened
