"""A gardener on the local register, approved by a head of 生涯学習課; somebody asks."""

from uuid import uuid4

import pytest

from courses.models import Theme
from learning_paths.domain.instructor_requests.asking import Wanted, request_instructor
from learning_paths.domain.instructor_requests.passing_on import forward_request
from tests.factories import (
    DepartmentFactory,
    PublicInstructorFactory,
    StaffProfileFactory,
)

WANTED = Wanted(
    name="小林 さゆり",
    purpose="花だんの作り方を教えてください。",
    dates="土曜日の午前",
    place="北原小学校",
    people=20,
    email="sayuri@example.jp",
    phone="0420-55-0001",
)


@pytest.fixture
def section(db):
    return DepartmentFactory(name="生涯学習課", email="gakushu@example.jp")


@pytest.fixture
def head(section):
    return StaffProfileFactory(department=section, role="head").user


@pytest.fixture
def gardener(head):
    person = PublicInstructorFactory(
        family_name="庭野",
        given_name="茂",
        family_name_kana="ニワノ",
        given_name_kana="シゲル",
        is_local_talent=True,
        areas="桜台、中央",
        approved_by=head,
    )
    person.themes.add(Theme.objects.first())
    return person


@pytest.fixture
def asked(gardener, now):
    return request_instructor(
        instructor=gardener,
        wanted=WANTED,
        form_key=uuid4(),
        user=None,
        language="ja",
        at=now,
    )


@pytest.fixture
def forwarded(asked, gardener, head, now):
    return forward_request(
        request=asked,
        instructor=gardener,
        address="niwano@example.jp",
        note="市からもお願いします。",
        by=head,
        at=now,
    )
