"""The code that somebody shows at the door, as a picture and as signs to type."""

from django import template

from accounts.exchange.paper import qr
from enrollments.domain.door_codes import shown_code
from enrollments.models import Participant

register = template.Library()
# Nearly as even as the evenest for codes of twelve signs: 1,052 points of the standard's
# count of what confuses a camera, where 1,024 is the least and 1,061 to 1,108 the others'.
MASK = 7


@register.simple_tag
def qr_address(text: str) -> str:
    """At the door no other request could be lost."""
    return qr.qr_address(text, mask=MASK)


@register.simple_tag
def door_code(person: Participant) -> str:
    return shown_code(person.door_code)
