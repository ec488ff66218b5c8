"""A form whose answer shows something once: loading that answer again sends the form
again, and must not do it all a second time."""

from django.http import HttpRequest

SENT = "sent_forms"
MOST = 20


def was_sent(request: HttpRequest) -> bool:
    """Whether this person has sent the form with this `form_key` already."""
    return request.POST.get("form_key", "") in request.session.get(SENT, [])


def note_sent(request: HttpRequest) -> None:
    key = request.POST.get("form_key", "")
    if key:
        request.session[SENT] = [*request.session.get(SENT, []), key[:36]][-MOST:]
