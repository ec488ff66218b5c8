"""The code that somebody shows at the door, as a picture and as signs to type."""

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cms.presenters.feed_links import qr_drawing
from enrollments.domain.door_codes import shown_code
from enrollments.models import Participant

register = template.Library()


@register.simple_tag
def qr_picture(text: str) -> SafeString:
    drawn = qr_drawing(text, _("受付のQRコード"))
    return mark_safe(drawn)  # noqa: S308 (drawn by us, of squares)


@register.simple_tag
def door_code(person: Participant) -> str:
    return shown_code(person.door_code)
