"""The groups in which the reader takes part."""

from django import template

from accounts.models import User
from learning_paths.domain.queries import groups_of
from learning_paths.models import Membership

register = template.Library()


@register.simple_tag
def own_groups(user: User) -> list[Membership]:
    """For somebody who is signed in, each group with its `stage`."""
    return groups_of(user)
