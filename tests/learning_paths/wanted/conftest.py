"""What 恵子 wants to learn, and an officer who may look at it."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission

from accounts.models import User
from learning_paths.domain.wanted.asking import ask_signed_in
from learning_paths.domain.wanted.facts import WantedFacts
from learning_paths.domain.wanted.moderating import publish_request
from learning_paths.models import LearningRequest
from tests.factories import NOON, DepartmentFactory, StaffProfileFactory

FACTS = WantedFacts("スマートフォンの安全な使い方", detail="写真の送り方から知りたいです。")


@pytest.fixture
def officer(db: None) -> User:
    section = DepartmentFactory(name="市民活動課")
    user = StaffProfileFactory(department=section).user
    user.user_permissions.add(
        Permission.objects.get(codename="change_learningrequest"),
        Permission.objects.get(codename="access_admin"),
    )
    return User.objects.get(pk=user.pk)


@pytest.fixture
def received(keiko: User) -> LearningRequest:
    return ask_signed_in(facts=FACTS, by=keiko, at=NOON, form_key=uuid4())


@pytest.fixture
def wanted(received: LearningRequest, officer: User) -> LearningRequest:
    """In public, with one voice."""
    return publish_request(request=received, facts=FACTS, by=officer, at=NOON)
