"""A person's place in a run's list is claimed while the application is live."""

from enrollments.domain.identity import keys_of
from enrollments.models import Application, PersonClaim
from enrollments.models.querysets import LIVE


def give_up_claims(application: Application) -> None:
    """The application has ended. What it shared with a chance namesake who is still in
    the run goes to that person, who must not apply twice either."""
    claims = PersonClaim.objects.filter(application=application)
    freed = set(claims.values_list("key", flat=True))
    claims.delete()
    for other in _namesakes_of(application):
        inherited = freed & keys_of(other)
        PersonClaim.objects.bulk_create(
            PersonClaim(run=other.run, application=other, key=key)
            for key in sorted(inherited)
        )
        freed -= inherited


def _namesakes_of(application: Application) -> list[Application]:
    return list(
        Application.objects.filter(
            run=application.run_id,
            state__in=LIVE,
            family_name_kana=application.family_name_kana,
            given_name_kana=application.given_name_kana,
        )
        .exclude(pk=application.pk)
        .select_related("run")
        .order_by("received_at", "tie")
    )
