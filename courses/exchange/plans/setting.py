"""Who brings a list, when, for whom."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.models import Department, User
from courses.models import CourseRun


@dataclass(frozen=True)
class Setting:
    """Who brings the list, when, for whom. `key` is the upload's own."""

    by: User
    at: datetime
    key: UUID
    department: Department | None = None
    run: CourseRun | None = None
    tells_people: bool = False
