"""The title of a course or series in the reader's language."""

from django import template

from courses.domain.wording import title_words
from courses.models import Course, Series
from courses.models.localised import in_english

register = template.Library()


@register.filter
def offer_title(offered: Course | Series) -> str:
    return title_words(offered, english=in_english())
