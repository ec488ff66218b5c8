"""A session about to begin, to try the door with: forty people hold places, some have
come, two told that they will not, and two colleagues disagree about one."""

from datetime import datetime, timedelta
from itertools import pairwise

from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from cms.demo.people import People, Person
from courses.domain.fiscal_year import fiscal_year_of
from courses.enums import PoolKind, RunState, SelectionMode
from courses.models import Course, CourseRun, SeatPool, Session
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.attendance import Mark, record_marks
from enrollments.domain.requests import PersonName, SeatRequest
from enrollments.enums import AttendanceStatus as Status
from enrollments.enums import Channel, MarkSource
from enrollments.models import Participant

PEOPLE, PLACES = 40, 45
FIRST_HOUR, LAST_HOUR = 9, 19
COME_ALREADY = 12


def build_today(people: People, *, officer: User, colleague: User, at: datetime) -> None:
    course = Course.objects.public().filter(department__code="civic").order_by("pk").first()
    if course is None:
        return
    session = _session(course, at)
    chosen = [one for one in people.residents if one.email][:PEOPLE]
    persons = [_place(session.run, one, at - timedelta(days=9)) for one in chosen]
    _mark(session, persons, officer, colleague, at)
