"""A rule's "no" to a single button: back to the group's page, which says why."""

from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.domain.refusal import NotAllowed, Refusal
from learning_paths.models import Membership
from learning_paths.views.access import View


def refusals_on_group_page(view: View) -> View:
    """What concerns the whole request (NotAllowed) goes on to the site's own page."""

    @wraps(view)
    def answered(request: HttpRequest, own: Membership, **rest: Any) -> HttpResponse:
        try:
            return view(request, own, **rest)
        except NotAllowed:
            raise
        except Refusal as refusal:
            messages.warning(request, str(refusal.sentence))
            return redirect(own.group)

    return answered
