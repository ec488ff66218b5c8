"""Completion is counted from attendance and confirmed by the officer, once."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.domain.access import log_access
from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.locking import lock_run
from courses.models import CourseRun
from enrollments.domain.attendance import COUNTS_AS_ATTENDED, roster
from enrollments.domain.refusals import NotOnTheList
from enrollments.models import Attendance, Completion, Participant


@dataclass(frozen=True)
class Standing:
    """How far a participant has come; `suggested` follows the run's own rule."""

    participant: Participant
    attended: int
    needed: int | None
    completion: Completion | None

    @property
    def suggested(self) -> bool:
        return self.needed is not None and self.attended >= self.needed


def standings(run: CourseRun) -> list[Standing]:
    """Everybody on the roster with sessions attended, in a fixed number of queries."""
    people = roster(run.pk)
    attended = Counter(
        Attendance.objects.filter(
            session__run=run, status__in=COUNTS_AS_ATTENDED
        ).values_list("participant", flat=True)
    )
    completions = {
        completion.participant_id: completion
        for completion in Completion.objects.filter(participant__application__run=run)
    }
    return [
        Standing(
            participant=person,
            attended=attended[person.pk],
            needed=run.completion_sessions,
            completion=completions.get(person.pk),
        )
        for person in people
    ]


def record_completion(
    *, run: CourseRun, participants: Iterable[int], by: User, at: datetime
) -> int:
    """Confirm completion for these participants; returns how many are new.

    Raises: NotAllowed, NotOnTheList.
    """
    wanted = set(participants)
    with transaction.atomic():
        require_section(by, lock_run(run.pk).course.department)
        on_list = {standing.participant.pk: standing for standing in standings(run)}
        if not wanted.issubset(on_list):
            raise NotOnTheList
        new = [on_list[pk] for pk in sorted(wanted) if on_list[pk].completion is None]
        Completion.objects.bulk_create(
            Completion(
                participant=standing.participant,
                completed_on=timezone.localdate(at),
                sessions_attended=standing.attended,
                recorded_at=at,
                recorded_by=by,
            )
            for standing in new
        )
    return len(new)


def revoke_completion(*, run: CourseRun, participant: int, by: User, at: datetime) -> None:
    """Take back a completion that was confirmed by mistake; who did it is noted.

    Raises: NotAllowed, NotOnTheList (there is none).
    """
    with transaction.atomic():
        require_section(by, lock_run(run.pk).course.department)
        found = Completion.objects.filter(
            participant=participant, participant__application__run=run
        )
        if not found.delete()[0]:
            raise NotOnTheList
        log_access(subject=f"修了の取消し {run.code}", people=1, by=by, at=at)
