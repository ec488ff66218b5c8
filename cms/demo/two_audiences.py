"""A joint session to come to which staff find their own way: sections name people, an
employee waits for the head, and places that staff leave go to citizens."""

from datetime import datetime, timedelta
from uuid import UUID

from cms.demo.accounts import Accounts
from cms.demo.identifiers import identifier
from courses.domain.swap_rules import set_swap_rule
from courses.domain.ways_in import WayPlan, set_way_in
from courses.enums import CourseKind, PoolKind, SelectionMode
from courses.models import CourseRun
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.nominating import Nominee, nominate
from enrollments.domain.requests import PersonName, SeatRequest
from enrollments.models import Application, Notification

PEOPLE = (
    Nominee(PersonName("野口", "健", "ノグチ", "ケン"), "noguchi@example.jp", "100231"),
    Nominee(PersonName("西村", "彩", "ニシムラ", "アヤ"), "nishimura@example.jp", "100587"),
)
FREE = len(PEOPLE)  # the colleague who waits for the head holds no place
DAY = timedelta(days=1)


def build_two_audiences(accounts: Accounts, *, at: datetime) -> None:
    run = _run(at)
    if run is None:
        return
    plan = WayPlan(needs_approval=True, takes_nominations=True)
    admin = accounts.admin
    set_way_in(run=run, kind=PoolKind.STAFF, plan=plan, by=admin, at=at - 3 * DAY)
    set_swap_rule(
        run=run,
        giver=PoolKind.STAFF,
        taker=PoolKind.CITIZENS,
        moment=_before(run, at),
        keeps=2,
        by=admin,
        at=at - 3 * DAY,
    )
    made = nominate(
        run=run,
        department=accounts.officer2.staff_profile.department,
        people=PEOPLE,
        form_key=identifier("nominated", run.code),
        by=accounts.officer2,
        at=at - DAY,
    )
    made.append(_own(run, accounts, at - DAY / 2))
    for application in made:
        # The link of last time's city still opens it.
        key: UUID = identifier("two audiences", application.full_name_kana)
        Application.objects.filter(pk=application.pk).update(public_id=key)
    told = Notification.objects.filter(application__in=made)
    told.update(state="sent", settled_at=at - DAY / 3)
    Notification.objects.filter(occasion__startswith="approval:").update(
        state="sent", settled_at=at - DAY / 3
    )


def _run(at: datetime) -> CourseRun | None:
    """The next one with room for staff, where places are given in order."""
    found = CourseRun.objects.public().filter(
        course__kind=CourseKind.JOINT_SESSION,
        selection_mode=SelectionMode.FIRST_COME,
        chooses_session=False,
        applications_open_at__lte=at - 2 * DAY,
        applications_close_at__gt=at + DAY,
    )
    for run in found.order_by("applications_close_at", "code"):
        pools = {pool.kind: pool for pool in run.pools.all()}
        staff, citizens = pools.get("staff"), pools.get("citizens")
        if staff and citizens and (staff.seats_left or 0) >= FREE and citizens.capacity:
            return run
    return None


def _before(run: CourseRun, at: datetime) -> datetime:
    """The day after applications close, or just before it begins."""
    first = run.sessions.held().order_by("starts_at").first()
    closes = run.applications_close_at or at
    return min(closes + DAY, first.starts_at - timedelta(hours=1)) if first else closes


def _own(run: CourseRun, accounts: Accounts, at: datetime) -> Application:
    """Of a colleague of the head whom one can sign in as."""
    user = accounts.officer
    name = PersonName(
        user.last_name, user.first_name, user.last_name_kana, user.first_name_kana
    )
    return apply_for_seat(
        run=run,
        request=SeatRequest(
            applicant=name, email=user.email, message="窓口の担当を代わってもらえます。"
        ),
        by=user,
        at=at,
        pool_kind=PoolKind.STAFF,
    )
