"""Whose places are staff's: those of the staff pool, and those that a section stands
behind. What they attended follows from the marks, what they completed from the
completions; nothing is entered here."""

from django.db.models import Q, QuerySet

from accounts.models import StaffProfile
from enrollments.domain.attendance import COUNTS_AS_ATTENDED
from enrollments.enums import ApplicationState
from enrollments.models import Attendance, Participant

AS_STAFF = Q(application__pool__kind="staff") | Q(application__department__isnull=False)


def staff_places() -> QuerySet[Participant]:
    """Accepted, in the order of a roll: by section, then as the names are read."""
    found = Participant.objects.filter(
        AS_STAFF, application__state=ApplicationState.ACCEPTED
    )
    return found.order_by(
        "application__department__sort_order",
        "application__department__code",
        "family_name_kana",
        "given_name_kana",
        "application__run__code",
        "pk",
    )


def with_training(places: QuerySet[Participant]) -> QuerySet[Participant]:
    """With everything that `came_to`, `minutes_of` and `staff_number_of` read, in a fixed
    number of queries."""
    return places.select_related(
        "application__run__course",
        "application__pool",
        "application__department",
        "application__nomination",
        "application__user__staff_profile",
        "user__staff_profile",
        "completion",
    ).prefetch_related(
        "application__run__sessions", "attendances__session", "attendances__made_up_in"
    )


def came_to(person: Participant) -> list[Attendance]:
    return [one for one in person.attendances.all() if one.status in COUNTS_AS_ATTENDED]


def minutes_of(person: Participant) -> int:
    """Of the sessions really attended, as long as they were planned; a session that lasts
    whole days has no hours that anybody could count."""
    total = 0
    for mark in came_to(person):
        session = mark.made_up_in or mark.session
        if not session.is_all_day:
            total += round((session.ends_at - session.starts_at).total_seconds() / 60)
    return total


def held_of(person: Participant) -> int:
    """How many sessions there were to come to: all that are held, or the one chosen."""
    chosen = person.application.pool.session_id
    sessions = person.application.run.sessions.all()
    return sum(one.is_held and chosen in (None, one.pk) for one in sessions)


def staff_number_of(person: Participant) -> str:
    """As text, since numbers begin with 0: that of the nomination, else the account's."""
    application = person.application
    nomination = getattr(application, "nomination", None)
    if nomination is not None and nomination.staff_number:
        return str(nomination.staff_number)
    user = person.user or (application.user if person.is_applicant else None)
    profile: StaffProfile | None = getattr(user, "staff_profile", None)
    return profile.staff_number if profile else ""
