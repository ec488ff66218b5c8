"""Who chose one session of a run comes to that one, everybody else to all of them."""

from collections.abc import Iterable

from django.db.models import Q

from courses.models import Session
from courses.models.querysets import SessionQuerySet
from enrollments.models import Application


def sessions_of(applications: Iterable[Application]) -> SessionQuerySet:
    """Those that these applications are for; their pools are loaded."""
    runs, chosen = set(), set()
    for application in applications:
        if application.pool.session_id is None:
            runs.add(application.run_id)
        else:
            chosen.add(application.pool.session_id)
    return Session.objects.filter(Q(run__in=runs) | Q(pk__in=chosen))
