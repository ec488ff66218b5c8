"""A section names those of its people who come: all of them get what they are named for,
or none is named."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.domain.contact import kana_key
from accounts.domain.refusal import Refusal
from accounts.domain.sections import require_section
from accounts.models import Department, User
from courses.domain.locking import lock_run
from courses.domain.ways_in import way_of
from courses.enums import PoolKind, RunState, SelectionMode
from courses.models import CourseRun
from courses.models.querysets import CourseRunQuerySet
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.different_people import require_different_people
from enrollments.domain.gates import is_open
from enrollments.domain.refusals import AlreadyApplied, RunFull
from enrollments.domain.requests import PersonName, SeatRequest
from enrollments.enums import ApplicationState as State
from enrollments.enums import Channel
from enrollments.models import Application, Nomination

MOST_AT_ONCE = 20


class NobodyNamed(Refusal):
    sentence = _("推薦する人を一人以上入力してください。")


class NotNominatedHere(Refusal):
    sentence = _("この開催では、課の推薦を受け付けていません。")


class NotEnoughPlaces(Refusal):
    sentence = _(
        "職員枠の空きが足りないため、だれも推薦していません。人数を減らすか、担当課に"
        "ご相談ください。"
    )


class NomineeApplied(Refusal):
    """Whose own application there is already; nobody was named."""

    def __init__(self, name: str) -> None:
        words = gettext(
            "%(name)sさんの申込みがすでにあるため、だれも推薦していません。承認を待って"
            "いる申込みは、課長が承認してください。"
        )
        super().__init__(words % {"name": name})


@dataclass(frozen=True)
class Nominee:
    name: PersonName
    email: str
    staff_number: str = ""


def nominate(
    *,
    run: CourseRun,
    department: Department,
    people: Sequence[Nominee],
    form_key: UUID,
    by: User,
    at: datetime,
    session: int | None = None,
) -> list[Application]:
    """Each is told. The same form (`form_key`) again gives the first applications.

    Raises: NotAllowed, NobodyNamed, SamePersonTwice, NotNominatedHere, NomineeApplied,
    NotEnoughPlaces, and the refusals of `apply_for_seat`.
    """
    if not people:
        raise NobodyNamed
    require_different_people([one.name for one in people])
    with transaction.atomic():
        locked = lock_run(run.pk)
        require_section(by, department)
        way = way_of(locked, PoolKind.STAFF)
        if way is None or not way.takes_nominations:
            raise NotNominatedHere
        accounts = _accounts(department, people)
        return [
            _place(locked, department, one, accounts, form_key, session, by, at)
            for one in people
        ]


def runs_to_nominate_for(*, at: datetime) -> list[CourseRun]:
    """Public runs whose staff window is open and that take nominations."""
    found: CourseRunQuerySet = CourseRun.objects.public().filter(
        ways_in__kind=PoolKind.STAFF,
        ways_in__takes_nominations=True,
        state=RunState.ANNOUNCED,
    )
    still = Q(sessions__ends_at__gt=at) | Q(sessions=None)
    runs = (
        found.filter(still)
        .exclude(selection_mode=SelectionMode.OPEN)
        .select_related("course__department")
        .prefetch_related("ways_in", "pools", "sessions")
        .distinct()
        .order_by("applications_close_at", "code")
    )
    return [run for run in runs if is_open(run, PoolKind.STAFF, at=at)]


def _place(
    run: CourseRun,
    department: Department,
    one: Nominee,
    accounts: dict[Nominee, int],
    form_key: UUID,
    session: int | None,
    by: User,
    at: datetime,
) -> Application:
    request = SeatRequest(
        applicant=replace(one.name, account=accounts.get(one)),
        email=one.email,
        channel=Channel.NOMINATION,
        department=department.pk,
        session=session,
        submission_key=uuid5(form_key, kana_key(one.name.kana)),
    )
    try:
        application = apply_for_seat(
            run=run, request=request, by=by, at=at, pool_kind=PoolKind.STAFF
        )
    except AlreadyApplied as already:
        raise NomineeApplied(f"{one.name.family} {one.name.given}") from already
    except RunFull as full:
        raise NotEnoughPlaces from full
    if application.state == State.WAITING:
        raise NotEnoughPlaces
    Nomination.objects.get_or_create(
        application=application,
        defaults={"staff_number": one.staff_number, "by": by, "at": at},
    )
    return application


def _accounts(department: Department, people: Sequence[Nominee]) -> dict[Nominee, int]:
    """Whose place it is, and who may have applied already: somebody of the section with
    this address, or with this number and name."""
    mails = [one.email.lower() for one in people]
    numbers = [one.staff_number for one in people if one.staff_number]
    known = User.objects.filter(
        Q(email__in=mails) | Q(staff_profile__staff_number__in=numbers),
        is_active=True,
        staff_profile__department=department,
    ).select_related("staff_profile")
    found = {user.email: user.pk for user in known}
    by_number = {
        (user.staff_profile.staff_number, kana_key(user.full_name_kana)): user.pk
        for user in known
    }
    own = {
        one: found.get(one.email.lower())
        or by_number.get((one.staff_number, kana_key(one.name.kana)))
        for one in people
    }
    return {one: pk for one, pk in own.items() if pk is not None}
