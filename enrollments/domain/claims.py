"""A person's place in a run's list is claimed while the application is live."""

from collections.abc import Iterable, Sequence

from enrollments.domain.batches import batches
from enrollments.models import Application, PersonClaim, PersonKey
from enrollments.models.querysets import LIVE


def give_up_claims(applications: Sequence[Application]) -> None:
    """These, of one run, have ended."""
    freed: set[str] = set()
    for some in batches([application.pk for application in applications]):
        claims = PersonClaim.objects.filter(application__in=some)
        freed |= set(claims.values_list("key", flat=True))
        claims.delete()
    if freed:
        hand_on_claims(freed, run_pk=applications[0].run_id)


def hand_on_claims(keys: Iterable[str], *, run_pk: int) -> None:
    """What somebody shared with a chance namesake who is still in the run goes to that
    person, who must not apply twice either: to the first of several by receipt."""
    first: dict[str, int] = {}
    for some in batches(sorted(keys)):
        known = PersonKey.objects.filter(
            key__in=some, application__run=run_pk, application__state__in=LIVE
        ).order_by("application__received_at", "application__tie")
        for key, application_pk in known.values_list("key", "application"):
            first.setdefault(key, application_pk)
    PersonClaim.objects.bulk_create(
        PersonClaim(run_id=run_pk, application_id=application_pk, key=key)
        for key, application_pk in first.items()
    )
