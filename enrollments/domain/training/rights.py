"""Training records of all sections are seen only by those to whom personnel gave that
permission; everybody else sees their own."""

from accounts.domain.refusal import NotAllowed
from accounts.domain.sections import Visitor

SEE = "enrollments.view_training"


def may_see_training(user: Visitor) -> bool:
    return bool(user.is_authenticated and user.is_active and user.has_perm(SEE))


def require_training_sight(user: Visitor) -> None:
    """Raises: NotAllowed."""
    if not may_see_training(user):
        raise NotAllowed
