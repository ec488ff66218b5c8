"""{% load ages %}: ages of small children in words."""

from django import template

from courses.domain.applying_words import age_words as words

register = template.Library()


@register.filter
def age_words(months: int) -> str:
    return words(months)
