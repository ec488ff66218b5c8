"""Rows for tests. A factory makes what it says and nothing beside it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from accounts.models import Department, StaffProfile, User
from courses.models import (
    Course,
    CourseRun,
    Instructor,
    Room,
    SeatPool,
    Session,
    Stage,
    Theme,
    Venue,
)
from learning_paths.models import Group, Membership, Path, PathVersion, Step

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("Asia/Tokyo"))


class DepartmentFactory(DjangoModelFactory):
    class Meta:
        model = Department

    code = factory.Sequence(lambda n: f"ka-{n}")
    name = factory.Sequence(lambda n: f"第{n}課")


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@example.jp")
    last_name = "山田"
    first_name = "花子"
    last_name_kana = "ヤマダ"
    first_name_kana = "ハナコ"


class StaffProfileFactory(DjangoModelFactory):
    class Meta:
        model = StaffProfile

    user = factory.SubFactory(UserFactory)
    department = factory.SubFactory(DepartmentFactory)


class StageFactory(DjangoModelFactory):
    class Meta:
        model = Stage

    key = factory.Sequence(lambda n: f"stage-{n}")
    sort_order = factory.Sequence(lambda n: 100 + n)
    name = factory.Sequence(lambda n: f"ステージ{n}")


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = Theme

    key = factory.Sequence(lambda n: f"theme-{n}")
    branch = "local_issue"
    name = factory.Sequence(lambda n: f"テーマ{n}")


class VenueFactory(DjangoModelFactory):
    class Meta:
        model = Venue

    code = factory.Sequence(lambda n: f"venue-{n}")
    name = factory.Sequence(lambda n: f"第{n}会館")
    area = "中央"


class RoomFactory(DjangoModelFactory):
    class Meta:
        model = Room

    venue = factory.SubFactory(VenueFactory)
    name = factory.Sequence(lambda n: f"会議室{n}")


class InstructorFactory(DjangoModelFactory):
    class Meta:
        model = Instructor

    family_name = "鈴木"
    given_name = "一郎"
    family_name_kana = "スズキ"
    given_name_kana = "イチロウ"


class PublicInstructorFactory(InstructorFactory):
    """Agreed to be named, and approved."""

    consents_to_publish = True
    approved_at = NOON - timedelta(days=100)


class CourseFactory(DjangoModelFactory):
    """A public course; pass `published_at=None` for a draft."""

    class Meta:
        model = Course

    slug = factory.Sequence(lambda n: f"course-{n}")
    title = factory.Sequence(lambda n: f"講座{n}")
    department = factory.SubFactory(DepartmentFactory)
    published_at = NOON - timedelta(days=30)


class CourseRunFactory(DjangoModelFactory):
    """A first-come run, open from ten days before NOON to ten days after."""

    class Meta:
        model = CourseRun

    code = factory.Sequence(lambda n: f"2026-{n:04}")
    course = factory.SubFactory(CourseFactory)
    fiscal_year = 2026
    applications_open_at = NOON - timedelta(days=10)
    applications_close_at = NOON + timedelta(days=10)


class SeatPoolFactory(DjangoModelFactory):
    class Meta:
        model = SeatPool

    run = factory.SubFactory(CourseRunFactory)
    capacity = 2


class SessionFactory(DjangoModelFactory):
    """A two-hour session fourteen days after NOON."""

    class Meta:
        model = Session

    run = factory.SubFactory(CourseRunFactory)
    number = factory.Sequence(lambda n: n + 1)
    starts_at = NOON + timedelta(days=14)
    ends_at = factory.LazyAttribute(lambda session: session.starts_at + timedelta(hours=2))


class GroupFactory(DjangoModelFactory):
    """A registered group without members."""

    class Meta:
        model = Group

    code = factory.Sequence(lambda n: f"group-{n}")
    name = factory.Sequence(lambda n: f"第{n}の会")
    registered_at = NOON - timedelta(days=100)


class MembershipFactory(DjangoModelFactory):
    """Somebody who takes part; pass `user=None, state="invited"` for an invitation."""

    class Meta:
        model = Membership

    group = factory.SubFactory(GroupFactory)
    user = factory.SubFactory(UserFactory)
    email = factory.Sequence(lambda n: f"member{n}@example.jp")
    state = "active"
    invited_at = NOON - timedelta(days=90)
    joined_at = factory.Maybe("user", NOON - timedelta(days=89), None)


class PathFactory(DjangoModelFactory):
    class Meta:
        model = Path

    slug = factory.Sequence(lambda n: f"path-{n}")
    name = factory.Sequence(lambda n: f"道すじ{n}")


class PathVersionFactory(DjangoModelFactory):
    class Meta:
        model = PathVersion

    path = factory.SubFactory(PathFactory)
    made_at = NOON - timedelta(days=200)


class StepFactory(DjangoModelFactory):
    """One course completed by one member; pass `courses=[…]`, and a `path` for a step of
    its only version."""

    class Meta:
        model = Step
        skip_postgeneration_save = True

    class Params:
        path = None

    version = factory.LazyAttribute(
        lambda step: (
            (step.path and step.path.versions.first())
            or PathVersionFactory(path=step.path or PathFactory())
        )
    )
    position = factory.Sequence(lambda n: n + 1)
    name = factory.Sequence(lambda n: f"ステップ{n}")

    @factory.post_generation
    def courses(self, create, extracted, **kwargs):
        self.courses.set(extracted or [])
