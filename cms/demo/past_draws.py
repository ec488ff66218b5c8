"""Draws of the months gone by, held by the domain's own functions at their time, so that
their public records can be verified like any other."""

from collections.abc import Iterable

from accounts.models import User
from cms.demo.bookkeeping import Booked
from cms.demo.draws import draw_for
from courses.models import CourseRun
from enrollments.enums import ApplicationState as State
from enrollments.models import Transition


def hold_past_draws(
    booked: Iterable[Booked], runs: dict[str, CourseRun], officers: dict[str, User]
) -> None:
    """What follows, attendance above all, is told of those whom the lot gave a place."""
    found = [one for one in booked if one.facts.plan.stage == "past"]
    for facts in {one.facts.plan.code: one.facts for one in found}.values():
        officer = officers[facts.plan.course.department]
        draw_for(runs[facts.plan.code], officer, value_after=None)
    moves = Transition.objects.filter(
        application__in=[one.application.pk for one in found]
    ).order_by("at", "pk")
    last = {move.application_id: move for move in moves}
    for one in found:
        move = last[one.application.pk]
        if move.to_state != one.entry.state:
            one.application.state = move.to_state
            one.entry.move(State(move.to_state), move.at)
