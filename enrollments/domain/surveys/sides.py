"""Whoever has one of the places of staff answers as staff, everybody else as a citizen;
both sides of a joint session get the same questions."""

from courses.enums import PoolKind
from courses.models import CourseRun
from enrollments.enums import SurveyAudience
from enrollments.models import Participant, Survey

SIDES = (SurveyAudience.CITIZENS, SurveyAudience.STAFF)


def side_of(participant: Participant) -> SurveyAudience:
    is_staff = participant.application.pool.kind == PoolKind.STAFF
    return SurveyAudience.STAFF if is_staff else SurveyAudience.CITIZENS


def sides_of(survey: Survey) -> tuple[SurveyAudience, ...]:
    """Both where both are asked, else none."""
    if survey.audience != SurveyAudience.EVERYBODY or not has_both_sides(survey.run):
        return ()
    return SIDES


def has_both_sides(run: CourseRun) -> bool:
    kinds = {pool.kind for pool in run.pools.all()}
    return PoolKind.STAFF in kinds and kinds != {PoolKind.STAFF}


def side_without_ticket(survey: Survey, said: str) -> SurveyAudience:
    """What somebody in the room, or a paper, says; nothing is asked where it is clear."""
    if survey.audience != SurveyAudience.EVERYBODY:
        return SurveyAudience(survey.audience)
    if not has_both_sides(survey.run):
        return SurveyAudience.EVERYBODY
    return SurveyAudience(said) if said in SIDES else SurveyAudience.EVERYBODY
