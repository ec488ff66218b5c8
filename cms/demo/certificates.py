"""The register of certificates: everybody who completed has one, one was lost and issued
again, one was a mistake; and milestones that a small city reaches."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from cms.demo.bookkeeping import BATCH
from cms.demo.identifiers import dice
from courses.domain.fiscal_year import fiscal_year_of
from enrollments.enums import MilestoneSpan
from enrollments.models import Certificate, CertificateRegister, Completion, Milestone
from enrollments.models.certificate import CODE_LENGTH, CODE_SIGNS

ISSUED_AFTER = timedelta(days=2)
EARLY_ONES = ((MilestoneSpan.EVER, 10, "通算10回", "10 sessions in all"),)


def build_certificates(completions: Iterable[Completion], *, at: datetime) -> None:
    register = _Register()
    in_order = sorted(completions, key=lambda one: (one.recorded_at, one.participant_id))
    rows = [
        register.entry(one, issued_at=one.recorded_at + ISSUED_AFTER)
        for one in in_order
        if one.recorded_at + ISSUED_AFTER < at
    ]
    Certificate.objects.bulk_create(rows, batch_size=BATCH)
    if len(rows) > 1:
        _end(rows[-1], "別の方の修了を記録したため", at=at - timedelta(hours=3))
        lost = rows[-2]
        _end(lost, "紛失のため再発行", at=at - timedelta(hours=2))
        again = register.entry(lost.completion, issued_at=at - timedelta(hours=2))
        again.replaces = lost
        again.save()
    CertificateRegister.objects.bulk_create(
        CertificateRegister(fiscal_year=year, last_serial=serial)
        for year, serial in register.last.items()
    )
    for span, sessions, name, name_en in EARLY_ONES:
        Milestone.objects.get_or_create(
            span=span, sessions=sessions, defaults={"name": name, "name_en": name_en}
        )


class _Register:
    def __init__(self) -> None:
        self.last: dict[int, int] = {}

    def entry(self, completion: Completion, *, issued_at: datetime) -> Certificate:
        """The next one of its year, with the same code every time the city is built."""
        person = completion.participant
        run = person.application.run
        day = timezone.localdate(issued_at)
        year = fiscal_year_of(day)
        self.last[year] = serial = self.last.get(year, 0) + 1
        chance = dice("certificate", year, serial)
        return Certificate(
            fiscal_year=year,
            serial=serial,
            code="".join(chance.choices(CODE_SIGNS, k=CODE_LENGTH)),
            participant=person,
            completion=completion,
            run=run,
            holder=person.full_name,
            course_title=f"{run.course.title} {run.label}".strip(),
            completed_on=completion.completed_on,
            sessions_attended=completion.sessions_attended,
            sessions_held=completion.reckoning["held"],
            issuer=settings.CITY_NAME,
            section=run.course.department.name,
            issued_on=day,
            issued_at=issued_at,
            issued_by=completion.recorded_by,
        )


def _end(certificate: Certificate, why: str, *, at: datetime) -> None:
    certificate.revoked_at, certificate.revoked_why = at, why
    certificate.revoked_by = certificate.issued_by
    certificate.save(update_fields=["revoked_at", "revoked_why", "revoked_by"])
