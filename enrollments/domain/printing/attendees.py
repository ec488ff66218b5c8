"""A printed list holds everybody with a place, in the order that was asked for."""

from courses.models import CourseRun, Session
from enrollments.domain.attendance import roster, roster_of
from enrollments.enums import ListOrder
from enrollments.models import Participant

# Behind every name of a group or section.
NOWHERE = "\U0010ffff"


def attendees(
    run: CourseRun, *, session: Session | None = None, order: ListOrder = ListOrder.KANA
) -> list[Participant]:
    """Of a session, or of the whole run; in one query, with `affiliation` at hand."""
    people = roster_of(session) if session else roster(run.pk)
    if order == ListOrder.RECEIPT:
        people.sort(key=_receipt)
    if order == ListOrder.AFFILIATION:
        people.sort(key=lambda person: affiliation(person) or NOWHERE)
    return people


def affiliation(person: Participant) -> str:
    """The group or the section that somebody comes for."""
    application = person.application
    if application.group_name:
        return application.group_name
    return application.department.name if application.department else ""


def _receipt(person: Participant) -> tuple[str, int]:
    return person.application.receipt_number, person.position
