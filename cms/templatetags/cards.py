"""Course cards as HTML. Right after a change one card says something else, and the others
of a page what they said before."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.translation import get_language

from cms.presenters.cards import CourseCard

register = template.Library()
KEPT = 500  # of some 2 kB each, in each process


@register.simple_tag
def course_card(card: CourseCard) -> str:
    """A card is all that its HTML depends on, apart from the language."""
    return _written(card, get_language() or "")


@lru_cache(maxsize=KEPT)
def _written(card: CourseCard, _language: str) -> str:
    return render_to_string("components/course_card.html", {"card": card})
