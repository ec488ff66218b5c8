"""What a table plan knows of a participant comes from the application: the section of
staff, the group of others, whether somebody comes to such a course for the first time,
an age band where a birth date is known, and what was answered to one question."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import timezone

from courses.models import RunQuestion, Session
from enrollments.domain.reporting.age_bands import age_on
from enrollments.domain.surveys.sides import side_of
from enrollments.domain.tables.people import Person
from enrollments.enums import ApplicationState, SurveyAudience
from enrollments.models import Answer, Participant, PersonKey

# The first age of each band: children and students, then as working life and later.
BANDS = (0, 30, 50, 65)


def people_to_seat(
    participants: Iterable[Participant], *, session: Session, question: RunQuestion | None
) -> list[Person]:
    """In the order of the participants; in a fixed number of queries."""
    known = list(participants)
    before = _came_before(known, session)
    answers = _answers(known, question)
    day = timezone.localdate(session.starts_at)
    return [
        Person(
            key=one.pk,
            side=side_of(one),
            bond=bond_of(one),
            wish=answers.get(one.application_id, ""),
            is_newcomer=one.is_applicant and one.application_id not in before,
            age_band=age_band(one.birth_date, day),
        )
        for one in known
    ]


def bond_of(participant: Participant) -> str:
    """Staff are told apart by section, others by the group they come for."""
    application = participant.application
    if side_of(participant) == SurveyAudience.STAFF:
        return f"section:{application.department_id}" if application.department_id else ""
    code = application.group_code or application.group_name
    return f"group:{code}" if code else ""


def age_band(birth_date: date | None, day: date) -> str:
    """The first age of the band; blank where no birth date is known."""
    if birth_date is None:
        return ""
    return str(max(first for first in BANDS if first <= max(0, age_on(birth_date, day))))


def _came_before(participants: Sequence[Participant], session: Session) -> set[int]:
    """Applications of people who had a place in another run of such a course."""
    mine = {one.application_id for one in participants}
    own = PersonKey.objects.filter(application__in=mine)
    elsewhere = PersonKey.objects.filter(
        application__state=ApplicationState.ACCEPTED,
        application__run__course__kind=session.run.course.kind,
        key__in=own.values("key"),
    ).exclude(application__run=session.run_id)
    return set(
        own.filter(key__in=elsewhere.values("key")).values_list("application", flat=True)
    )


def _answers(
    participants: Sequence[Participant], question: RunQuestion | None
) -> dict[int, str]:
    if question is None:
        return {}
    mine = {one.application_id for one in participants}
    given = Answer.objects.filter(question=question, application__in=mine)
    return dict(given.values_list("application", "value"))
