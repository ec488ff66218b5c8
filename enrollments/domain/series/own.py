"""How far one person is through the series they have begun, and the certificates of those
they completed; the same rule as a series' certificate, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import User
from courses.models import Series, SeriesUnit
from enrollments.domain.completed import completions_of
from enrollments.domain.finishing.series_progress import SeriesProgress, series_progress
from enrollments.domain.links import application_token
from enrollments.domain.queries import applications_of
from enrollments.models import Certificate
from enrollments.models.querysets import LIVE


@dataclass(frozen=True)
class OwnSeries:
    """`token` opens the certificate, where there is one."""

    series: Series
    progress: SeriesProgress
    certificate: Certificate | None = None
    token: str = ""


def own_series(user: User, *, among: Iterable[Series] | None = None) -> list[OwnSeries]:
    """Those of which the person completed a unit or has applied for one; or these."""
    completions = [completion for _user, completion in completions_of([user])]
    done = {one.participant.application.run.course_id for one in completions}
    found = list(among) if among is not None else _begun(user, done)
    units: dict[int, list[int]] = defaultdict(list)
    rows = SeriesUnit.objects.filter(series__in=found).order_by("position")
    for series, course in rows.values_list("series", "course"):
        units[series].append(course)
    certificates = _certificates(found, [one.pk for one in completions])
    return [_own(one, units[one.pk], done, certificates.get(one.pk)) for one in found]


def _own(
    series: Series, units: list[int], done: set[int], certificate: Certificate | None
) -> OwnSeries:
    progress = series_progress(units, done, needed=series.needed_units)
    person = certificate.participant if certificate else None
    token = application_token(person.application) if person else ""
    return OwnSeries(series, progress, certificate, token)


def _begun(user: User, done: set[int]) -> list[Series]:
    live = applications_of(user).filter(state__in=LIVE)
    courses = done | set(live.values_list("run__course", flat=True))
    found = Series.objects.filter(units__course__in=courses)
    return list(found.distinct().order_by("title", "pk"))


def _certificates(series: list[Series], completions: list[int]) -> dict[int, Certificate]:
    """Valid ones that rest on what the person completed."""
    found = Certificate.objects.filter(
        series__in=series, grounds__in=completions, revoked_at=None
    ).select_related("participant__application")
    return {one.series_id: one for one in found if one.series_id is not None}
