"""Wishes for childcare and support are seen only by those of the own section to whom the
permission was given, because they tell of somebody's health or family."""

from accounts.domain.refusal import NotAllowed
from accounts.domain.sections import Visitor, works_for
from accounts.models import Department

SEE = "enrollments.view_supportrequest"
CHANGE = "enrollments.change_supportrequest"


def may_see_any_support(user: Visitor) -> bool:
    """Whether there is anything of this kind for the person at all."""
    return user.has_perm(SEE)


def may_see_support(user: Visitor, department: Department) -> bool:
    return may_see_any_support(user) and works_for(user, department)


def require_support_sight(user: Visitor, department: Department) -> None:
    """Raises NotAllowed."""
    if not may_see_support(user, department):
        raise NotAllowed


def require_support_change(user: Visitor, department: Department) -> None:
    """Raises NotAllowed."""
    require_support_sight(user, department)
    if not user.has_perm(CHANGE):
        raise NotAllowed
