"""The code that somebody shows at the door, as a picture and as signs to type."""

from base64 import b64encode

from django import template

from accounts.exchange.paper.qr import qr_svg
from enrollments.domain.door_codes import shown_code
from enrollments.models import Participant

register = template.Library()
# Nearly as even as the evenest for codes of twelve signs: 1,052 points of the standard's
# count of what confuses a camera, where 1,024 is the least and 1,061 to 1,108 the others'.
MASK = 7


@register.simple_tag
def qr_address(text: str) -> str:
    """The picture itself, as an address: no other request could be lost at the door."""
    drawn = b64encode(qr_svg(text, mask=MASK).encode()).decode()
    return f"data:image/svg+xml;base64,{drawn}"


@register.simple_tag
def door_code(person: Participant) -> str:
    return shown_code(person.door_code)
