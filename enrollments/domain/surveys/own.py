"""A signed-in person finds the surveys that wait for an answer without looking for the
mail; each is answered with the ticket that the mail's link would use."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import User
from enrollments.domain.queries import applications_of
from enrollments.models import SurveyTicket


def surveys_waiting(user: User, *, at: datetime) -> list[SurveyTicket]:
    """Not answered yet and open now, what closes first before; one query."""
    begun = Q(survey__opens_at=None) | Q(survey__opens_at__lte=at)
    goes_on = Q(survey__closes_at=None) | Q(survey__closes_at__gt=at)
    waiting = _own(user).filter(begun, goes_on, is_used=False, survey__settled_at=None)
    return list(waiting.order_by("survey__closes_at", "survey", "participant__position"))


def own_ticket(user: User, *, public_id: UUID, position: int) -> SurveyTicket | None:
    """Of the person at `position` of an own application."""
    found = _own(user).filter(survey__public_id=public_id, participant__position=position)
    return found.select_related(
        "survey__run__course__department",
        "survey__session",
        "participant__application__pool",
    ).first()


def _own(user: User) -> QuerySet[SurveyTicket]:
    mine = applications_of(user).values("pk")
    found = SurveyTicket.objects.filter(participant__application__in=mine)
    return found.select_related("survey__run__course", "survey__session", "participant")
