"""What the rules forbid is taken by the run's section only, with a reason on record."""

from accounts.domain.refusal import NotAllowed
from accounts.domain.sections import require_section
from accounts.models import User
from courses.models import CourseRun


def require_staff_for(reason: str, *, run: CourseRun, by: User | None) -> None:
    """Raises: NotAllowed."""
    if not reason:
        return
    if by is None:
        raise NotAllowed
    require_section(by, run.course.department)
