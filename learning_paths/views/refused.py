"""A rule's "no" comes back to the person as a sentence, never as an error page."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.domain.refusal import NotAllowed, Refusal
from learning_paths.models import Membership


@contextmanager
def refusals_into(form: forms.Form, field: str | None = None) -> Iterator[None]:
    """Shown at a field or on top of the form, with everything typed kept.

    What concerns the whole request (NotAllowed) goes on to the site's own page.
    """
    try:
        yield
    except NotAllowed:
        raise
    except Refusal as refusal:
        form.add_error(field, str(refusal.sentence))


def refusals_on_group_page(
    view: Callable[..., HttpResponse],
) -> Callable[..., HttpResponse]:
    """For a single button: back to the group's page, which says why not."""

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
