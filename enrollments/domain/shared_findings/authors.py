"""Who writes: staff of the section for the staff, and one participant who was named for
the citizens, by account or by secret link."""

from dataclasses import dataclass

from accounts.domain.refusal import NotAllowed
from accounts.domain.sections import Visitor, require_section, section_of
from accounts.models import User
from enrollments.enums import SurveyAudience
from enrollments.models import SharedFindings


@dataclass(frozen=True)
class Author:
    """`name` is shown to both sides."""

    side: SurveyAudience
    name: str
    user: User | None = None


def staff_author(findings: SharedFindings, user: User) -> Author:
    """Raises: NotAllowed."""
    require_section(user, findings.course.department)
    section = section_of(user)
    names = (section.name if section else "", user.get_full_name())
    return Author(SurveyAudience.STAFF, " ".join(filter(None, names)), user)


def citizen_author(findings: SharedFindings, user: User | None = None) -> Author:
    """For whoever came by the secret link; `user` where somebody is signed in.

    Raises: NotAllowed where nobody is named.
    """
    if findings.citizen is None:
        raise NotAllowed
    return Author(SurveyAudience.CITIZENS, findings.citizen.full_name, user)


def is_the_citizen(findings: SharedFindings, visitor: Visitor) -> bool:
    """Whether the account is that of the participant who was named."""
    citizen = findings.citizen
    if citizen is None or not visitor.is_authenticated:
        return False
    return citizen.is_applicant and citizen.application.user_id == visitor.pk
