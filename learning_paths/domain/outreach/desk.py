"""Requests as a section handles them: its own, those that wait for it first."""

from datetime import datetime

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from accounts.domain.sections import section_of
from accounts.models import User
from learning_paths.domain.outreach.states import WAITS_FOR_SECTION
from learning_paths.enums import OutreachState as State
from learning_paths.models import OutreachRequest


def requests_of(user: User) -> QuerySet[OutreachRequest]:
    """Of the own section's courses; administrators see all."""
    found = OutreachRequest.objects.select_related("entry__course__department", "run")
    if not user.is_superuser:
        found = found.filter(entry__course__department=section_of(user))
    first = Case(
        When(state__in=WAITS_FOR_SECTION, then=Value(0)),
        When(state__in=(State.PROPOSED, State.ACCEPTED), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return found.alias(turn=first).order_by("turn", "answer_by", "pk")


def to_do(user: User, *, at: datetime) -> int:
    """To answer, and held without a note of it."""
    held = Q(state=State.ACCEPTED, run__sessions__ends_at__lte=at)
    waiting = requests_of(user).filter(Q(state__in=WAITS_FOR_SECTION) | held)
    return waiting.order_by().distinct().count()
