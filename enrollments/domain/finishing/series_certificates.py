"""Whoever completed as many units of a series as it asks for gets its certificate, once;
which completions it rests on is kept, and none of them is taken back while it is valid."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.locking import lock_runs, lock_series
from courses.models import CourseRun, Series
from enrollments.domain.finishing.certificate_messages import tell_of_certificates
from enrollments.domain.finishing.entries import Entry, enter_in_register
from enrollments.domain.finishing.refusals import (
    NoSeriesCertificates,
    NothingToIssue,
)
from enrollments.domain.finishing.series_people import SeriesPerson, people_of, subjects
from enrollments.enums import CertificateKind
from enrollments.models import Certificate


def issue_series_certificates(
    *, series: Series, by: User, at: datetime, tell: bool = True
) -> list[Certificate]:
    """For everybody who completed the series and has no valid one, by name.

    Raises: NotAllowed, NoSeriesCertificates, NothingToIssue.
    """
    with transaction.atomic():
        # No completion is taken back meanwhile: whoever does so holds its run.
        lock_runs(CourseRun.objects.filter(course__units__series=series).values("pk"))
        locked = lock_series(series.pk)
        require_section(by, locked.department)
        if not locked.gives_certificate:
            raise NoSeriesCertificates
        due = without_certificate(people_of(locked))
        if not due:
            raise NothingToIssue
        entries = [_entry(locked, one) for one in due]
        written = enter_in_register(entries, by=by, at=at)
        if tell:
            tell_of_certificates(written, at=at)
    return written


def without_certificate(people: Collection[SeriesPerson]) -> list[SeriesPerson]:
    return [one for one in people if one.progress.is_done and one.certificate is None]


def _entry(series: Series, person: SeriesPerson) -> Entry:
    """Completed on the day of the last unit that was needed; more add nothing to it."""
    needed = person.completions[: person.progress.needed]
    return Entry(
        kind=CertificateKind.SERIES,
        holder=needed[-1].participant.full_name,
        title=series.title,
        section=series.department.name,
        completed_on=needed[-1].completed_on,
        done=len(person.completions),
        of=person.progress.total,
        participant=needed[-1].participant,
        series=series,
        subject=subjects(series, person.keys)[0],
        grounds=person.completions,
    )
