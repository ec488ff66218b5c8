"""The register of certificates: everybody who completed has one, one was lost and issued
again, one was a mistake, two have a proof of what they came to; and milestones that a
small city reaches."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from cms.demo.bookkeeping import BATCH
from cms.demo.identifiers import dice
from courses.domain.fiscal_year import fiscal_year_of
from enrollments.domain.attendance_words import HAVE_COME
from enrollments.domain.completion import completion_day
from enrollments.domain.finishing.reckoning import Reckoning
from enrollments.domain.finishing.reckonings import reckonings
from enrollments.enums import ApplicationState, CertificateKind, MilestoneSpan
from enrollments.models import (
    Certificate,
    CertificateRegister,
    Completion,
    Milestone,
    Participant,
)
from enrollments.models.certificate import CODE_LENGTH, CODE_SIGNS

ISSUED_AFTER = timedelta(days=2)
PROOFS = 2
EARLY_ONES = ((MilestoneSpan.EVER, 10, "通算10回", "10 sessions in all"),)


def build_certificates(completions: Collection[Completion], *, at: datetime) -> None:
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
    _prove_attendance(register, completions, at=at - timedelta(hours=1))
    CertificateRegister.objects.bulk_create(
        CertificateRegister(fiscal_year=year, last_serial=serial)
        for year, serial in register.last.items()
    )
    for span, sessions, name, name_en in EARLY_ONES:
        Milestone.objects.get_or_create(
            span=span, sessions=sessions, defaults={"name": name, "name_en": name_en}
        )


def _prove_attendance(
    register: "_Register", completions: Collection[Completion], *, at: datetime
) -> None:
    """受講証明書, for two who came but not often enough, in two courses."""
    runs = {one.participant.application.run_id for one in completions}
    people = Participant.objects.filter(
        application__run__in=runs,
        application__state=ApplicationState.ACCEPTED,
        completion=None,
        attendances__status__in=HAVE_COME,
    )
    by_run: dict[int, Participant] = {}
    loaded = people.select_related(
        "application__run__course__department", "application__pool"
    )
    for person in loaded.order_by("-application__run__code", "pk").distinct():
        by_run.setdefault(person.application.run_id, person)
    shown = list(by_run.values())[:PROOFS]
    reckoned = reckonings(shown, at=at)
    officers = {one.participant.application.run_id: one.recorded_by for one in completions}
    for person in shown:
        officer = officers[person.application.run_id]
        register.proof(person, reckoned[person.pk], by=officer, issued_at=at).save()


class _Register:
    def __init__(self) -> None:
        self.last: dict[int, int] = {}

    def entry(self, completion: Completion, *, issued_at: datetime) -> Certificate:
        """The next one of its year, with the same code every time the city is built."""
        return Certificate(
            **self._next(completion.participant, issued_at),
            completion=completion,
            completed_on=completion.completed_on,
            sessions_attended=completion.sessions_attended,
            sessions_held=completion.reckoning["held"],
            issued_by=completion.recorded_by,
        )

    def proof(
        self,
        person: Participant,
        reckoning: Reckoning,
        *,
        by: User | None,
        issued_at: datetime,
    ) -> Certificate:
        return Certificate(
            **self._next(person, issued_at),
            kind=CertificateKind.ATTENDANCE,
            completed_on=completion_day(person.application.run, at=issued_at),
            sessions_attended=reckoning.attended,
            sessions_held=reckoning.held,
            issued_by=by,
        )

    def _next(self, person: Participant, issued_at: datetime) -> dict[str, Any]:
        run = person.application.run
        day = timezone.localdate(issued_at)
        year = fiscal_year_of(day)
        self.last[year] = serial = self.last.get(year, 0) + 1
        chance = dice("certificate", year, serial)
        return {
            "fiscal_year": year,
            "serial": serial,
            "code": "".join(chance.choices(CODE_SIGNS, k=CODE_LENGTH)),
            "participant": person,
            "run": run,
            "holder": person.full_name,
            "course_title": f"{run.course.title} {run.label}".strip(),
            "issuer": settings.CITY_NAME,
            "section": run.course.department.name,
            "issued_on": day,
            "issued_at": issued_at,
        }


def _end(certificate: Certificate, why: str, *, at: datetime) -> None:
    certificate.revoked_at, certificate.revoked_why = at, why
    certificate.revoked_by = certificate.issued_by
    certificate.save(update_fields=["revoked_at", "revoked_why", "revoked_by"])
