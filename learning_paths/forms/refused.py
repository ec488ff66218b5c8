"""A rule's "no" inside a form: a sentence at a field, with everything typed kept."""

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms

from accounts.domain.refusal import NotAllowed, Refusal


@contextmanager
def refusals_into(form: forms.BaseForm, field: str | None = None) -> Iterator[None]:
    """What concerns the whole request (NotAllowed) goes on to the site's own page."""
    try:
        yield
    except NotAllowed:
        raise
    except Refusal as refusal:
        form.add_error(field, str(refusal.sentence))
