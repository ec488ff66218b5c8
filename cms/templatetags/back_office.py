"""Words of the back office's screens."""

from django import template

from courses.enums import ChangeAct

register = template.Library()


@register.filter
def change_act(value: str) -> str:
    """What was done, in the reader's language; as written where it is unknown."""
    return str(ChangeAct(value).label) if value in ChangeAct.values else value
