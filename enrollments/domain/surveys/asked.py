"""Whoever came is asked: to the session, or to one of the run's. Where attendance was not
noted, everybody with a place is."""

from enrollments.domain.attendance import COUNTS_AS_ATTENDED, roster, roster_of
from enrollments.domain.surveys.sides import side_of
from enrollments.enums import SurveyAudience
from enrollments.models import Attendance, Participant, Survey


def people_asked(survey: Survey) -> list[Participant]:
    """In order of the reading of the name."""
    people = roster_of(survey.session) if survey.session else roster(survey.run_id)
    marks = Attendance.objects.filter(session__run=survey.run_id)
    if survey.session:
        marks = marks.filter(session=survey.session)
    noted = list(marks.values_list("participant", "status"))
    came = {person for person, status in noted if status in COUNTS_AS_ATTENDED}
    return [
        person
        for person in people
        if (not noted or person.pk in came)
        and survey.audience in (SurveyAudience.EVERYBODY, side_of(person))
    ]
