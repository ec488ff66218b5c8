"""Whose events are in the calendar behind a mail address: all applications for the run
that were made with it or with the account it belongs to."""

from collections.abc import Iterable, Sequence

from django.db.models import Count, Q

from accounts.domain.addresses import owner_of
from courses.models import Session
from enrollments.domain.queries import applications_of
from enrollments.domain.standing import with_changes
from enrollments.enums import ApplicationState as State
from enrollments.models import Application


def of_one_calendar(application: Application, address: str) -> Sequence[Application]:
    """All that led to events in the calendar behind this address: a place given back is
    not to take away the sessions to which somebody else of the family comes."""
    of_run = Application.objects.filter(run=application.run_id)
    found = of_run.filter(Q(pk=application.pk) | Q(email=address))
    owner = application.user or owner_of(address)
    if owner is not None:
        found |= applications_of(owner).filter(run=application.run_id)
    given = Count("transitions", filter=Q(transitions__to_state=State.ACCEPTED))
    return list(with_changes(found.select_related("run", "pool")).annotate(given=given))


def has_place(people: Iterable[Application], session: Session) -> bool:
    return any(one.state == State.ACCEPTED and _is_for(one, session) for one in people)


def had_place(people: Iterable[Application], session: Session) -> bool:
    return any(one.given and _is_for(one, session) for one in people)  # type: ignore[attr-defined] # annotated above


def _is_for(application: Application, session: Session) -> bool:
    return application.pool.session_id in (None, session.pk)
