"""A person's place in a run's list is claimed while the application is live."""

from collections.abc import Iterable, Sequence

from enrollments.domain.batches import BATCH, batches
from enrollments.models import Application, PersonClaim, PersonKey
from enrollments.models.querysets import LIVE


def claims_on(keys: Iterable[str], *, run_pk: int) -> dict[str, Application]:
    """Who in the run is known by one of these keys."""
    claimed: dict[str, Application] = {}
    for some in batches(sorted(keys)):
        claims = PersonClaim.objects.filter(run=run_pk, key__in=some)
        found = claims.select_related("application")
        claimed |= {claim.key: claim.application for claim in found}
    return claimed


def remember_people(
    people: Sequence[tuple[Application, frozenset[str], frozenset[str]]],
) -> None:
    """Each with the keys by which the person is known, and those that nobody claims yet."""
    PersonKey.objects.bulk_create(
        (
            PersonKey(application=application, key=key)
            for application, keys, _free in people
            for key in sorted(keys)
        ),
        batch_size=BATCH,
    )
    PersonClaim.objects.bulk_create(
        (
            PersonClaim(run_id=application.run_id, application=application, key=key)
            for application, _keys, free in people
            for key in sorted(free)
        ),
        batch_size=BATCH,
    )


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
