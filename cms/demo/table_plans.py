"""Table plans of joint sessions: of one to come and of the last that was held."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from accounts.models import User
from courses.enums import CourseKind
from courses.models import Session
from enrollments.domain.roster import roster_of
from enrollments.domain.tables.making import make_plan
from enrollments.domain.tables.moving import move_person, name_facilitator
from enrollments.enums import FacilitatorKind
from enrollments.models import TablePlan

AT_A_TABLE, FEWEST = 6, 12
BEFORE = timedelta(days=2)
LEADERS = (
    ("森 ひとみ", FacilitatorKind.MEMBER),
    ("市民活動推進課 2名", FacilitatorKind.STAFF),
    ("白石 学（大学）", FacilitatorKind.OTHER),
)


def build_table_plans(officers: Mapping[str, User], *, at: datetime) -> None:
    joint = Session.objects.held().filter(run__course__kind=CourseKind.JOINT_SESSION)
    joint = joint.select_related("run__course__department")
    coming = joint.filter(starts_at__gt=at).order_by("starts_at")[:3]
    for session in (*coming, *joint.filter(ends_at__lte=at).order_by("-starts_at")[:3]):
        officer = officers.get(session.run.course.department.code)
        people = len(roster_of(session))
        if officer and people >= FEWEST:
            moment = min(session.starts_at - BEFORE, at)
            _lead(_plan(session, people, officer, moment), officer, moment)


def _plan(session: Session, people: int, officer: User, at: datetime) -> TablePlan:
    tables = round(people / AT_A_TABLE)
    return make_plan(session=session, tables=tables, seed="demo", by=officer, at=at)


def _lead(plan: TablePlan, officer: User, at: datetime) -> None:
    """Who leads the talk, and one person whom the officer moved."""
    for number, (name, kind) in enumerate(LEADERS, 1):
        if plan.tables.filter(number=number).exists():
            name_facilitator(plan=plan, number=number, name=name, kind=kind, by=officer)
    seat = plan.seats.filter(table__number=1).order_by("participant").first()
    if seat is not None:
        move_person(
            plan=plan, participant=seat.participant_id, to=2, seen=1, by=officer, at=at
        )
