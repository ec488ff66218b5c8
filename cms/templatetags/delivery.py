"""{% load delivery %}: why a mail did not go out, in words, and what of a message staff
are shown."""

import re

from django import template

from enrollments.domain.delivery_words import error_words as words

register = template.Library()
# It would say whether the person has answered, and answer for them.
TICKET = re.compile(r"(/surveys/)[\w-]{43}/")


@register.filter
def error_words(recorded: str) -> str:
    return words(recorded)


@register.filter
def without_tickets(body: str) -> str:
    return TICKET.sub(r"\1…/", body)
