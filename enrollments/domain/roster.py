"""Who stands on the list of a run and of each of its sessions: whoever has a place."""

from courses.models import Session
from enrollments.enums import ApplicationState
from enrollments.models import Participant


def roster(run_pk: int) -> list[Participant]:
    """Everybody with a place, in order of the reading of the name."""
    return list(
        Participant.objects.filter(
            application__run=run_pk, application__state=ApplicationState.ACCEPTED
        )
        .select_related("application__pool", "application__department")
        .order_by("family_name_kana", "given_name_kana", "pk")
    )


def roster_of(session: Session) -> list[Participant]:
    """Of these, who comes to the session: all, unless each chose one."""
    return [
        person
        for person in roster(session.run_id)
        if person.application.pool.session_id in (None, session.pk)
    ]
