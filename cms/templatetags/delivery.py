"""{% load delivery %}: why a mail did not go out, in words."""

from django import template

from enrollments.domain.delivery_words import error_words as words

register = template.Library()


@register.filter
def error_words(recorded: str) -> str:
    return words(recorded)
