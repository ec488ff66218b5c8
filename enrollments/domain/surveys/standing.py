"""A survey takes answers from its beginning to its deadline; settled, it takes none, not
from paper either."""

from datetime import datetime

from enrollments.domain.surveys.refusals import (
    SurveyClosed,
    SurveyNotOpenYet,
    SurveySettled,
)
from enrollments.enums import SurveyStanding
from enrollments.models import Survey


def standing(survey: Survey, *, at: datetime) -> SurveyStanding:
    if survey.settled_at is not None:
        return SurveyStanding.SETTLED
    if survey.closes_at is not None and survey.closes_at <= at:
        return SurveyStanding.CLOSED
    if survey.opens_at is not None and at < survey.opens_at:
        return SurveyStanding.COMING
    return SurveyStanding.OPEN


def require_open(survey: Survey, *, at: datetime) -> None:
    """Raises: SurveyNotOpenYet, SurveyClosed."""
    now = standing(survey, at=at)
    if now == SurveyStanding.COMING:
        raise SurveyNotOpenYet
    if now != SurveyStanding.OPEN:
        raise SurveyClosed


def require_not_settled(survey: Survey) -> None:
    """Raises: SurveySettled."""
    if survey.settled_at is not None:
        raise SurveySettled


def lock_survey(pk: int) -> Survey:
    """Until the end of the transaction; answers to one survey come one after another.
    On SQLite the transaction itself is the only one that writes."""
    rows = Survey.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("run__course__department", "session").get(pk=pk)
