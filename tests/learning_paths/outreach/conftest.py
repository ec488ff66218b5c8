"""A lecture on the menu of 防災課, its officer, and what 恵子's circle asks for."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from accounts.models import User
from courses.domain.fiscal_year import TOKYO
from learning_paths.domain.outreach.asking import Asked, ask_for_outreach
from learning_paths.models import OutreachEntry, OutreachRequest
from tests.factories import NOON, CourseFactory, DepartmentFactory, StaffProfileFactory

# Mondays, more than twenty days after NOON.
FIRST = datetime(2026, 12, 14, 10, 0, tzinfo=TOKYO)
SECOND = FIRST + timedelta(days=7)
OTHER = FIRST + timedelta(days=2)
ASKED = Asked(
    people=12,
    purpose="訓練の前の勉強会",
    is_proper=True,
    group_name="東町自治会",
    contact_name="高橋 恵子",
    phone="0420-11-2233",
    email="keiko@example.jp",
    place="東町集会所 2階",
    address="みなみ市東町1-2-3",
    starts=(FIRST, SECOND),
)


@pytest.fixture
def officer(db: None) -> User:
    section = DepartmentFactory(name="防災課", phone="0420-00-1111")
    return StaffProfileFactory(department=section).user


@pytest.fixture
def entry(officer: User) -> OutreachEntry:
    course = CourseFactory(
        kind="outreach",
        title="わが家の備え",
        department=officer.staff_profile.department,
    )
    return OutreachEntry.objects.create(course=course)


@pytest.fixture
def asked(entry: OutreachEntry) -> OutreachRequest:
    return ask_for_outreach(entry=entry, asked=ASKED, by=None, at=NOON, form_key=uuid4())
