"""A person's place in a run's list is claimed while the application is live."""

from collections.abc import Iterable, Sequence

from enrollments.domain.identity import keys_of
from enrollments.models import Application, PersonClaim
from enrollments.models.querysets import LIVE

AT_ONCE = 500


def give_up_claims(application: Application) -> None:
    """The application has ended. What it shared with a chance namesake who is still in
    the run goes to that person, who must not apply twice either."""
    claims = PersonClaim.objects.filter(application=application)
    freed = set(claims.values_list("key", flat=True))
    claims.delete()
    for other in _namesakes_of(application):
        inherited = freed & keys_of(other)
        _claim(other, inherited)
        freed -= inherited


def give_up_all_claims(applications: Sequence[Application]) -> None:
    """The same for many of one run that have ended together."""
    if not applications:
        return
    freed = _give_up(applications)
    ended = {application.pk for application in applications}
    names = {
        (application.family_name_kana, application.given_name_kana)
        for application in applications
    }
    live = Application.objects.filter(run=applications[0].run_id, state__in=LIVE)
    for other in live.select_related("run").order_by("received_at", "tie").iterator():
        named = (other.family_name_kana, other.given_name_kana) in names
        if named and other.pk not in ended:
            inherited = freed & keys_of(other)
            _claim(other, inherited)
            freed -= inherited


def _give_up(applications: Sequence[Application]) -> set[str]:
    freed: set[str] = set()
    for start in range(0, len(applications), AT_ONCE):
        some = [one.pk for one in applications[start : start + AT_ONCE]]
        claims = PersonClaim.objects.filter(application__in=some)
        freed |= set(claims.values_list("key", flat=True))
        claims.delete()
    return freed


def _claim(application: Application, keys: Iterable[str]) -> None:
    PersonClaim.objects.bulk_create(
        PersonClaim(run=application.run, application=application, key=key)
        for key in sorted(keys)
    )


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
