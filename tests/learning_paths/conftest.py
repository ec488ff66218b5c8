"""緑の会 with its 代表, 担当 and a 会員; somebody outside; an officer."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission
from django.core.cache import cache

from accounts.models import User
from learning_paths.models import Group, Membership
from tests.factories import NOON, GroupFactory, MembershipFactory, UserFactory


@pytest.fixture(autouse=True)
def fresh_rate_limits() -> Iterator[None]:
    """Accounts get the same keys in every test, and so the same counters."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def group(db: None) -> Group:
    return GroupFactory(code="midori", name="緑の会", activity="川の清掃をしています。")


def _account(name: str, family: str, kana: str, given: str, given_kana: str) -> User:
    user = UserFactory(
        email=f"{name}@example.jp",
        last_name=family,
        last_name_kana=kana,
        first_name=given,
        first_name_kana=given_kana,
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def keiko(db: None) -> User:
    return _account("keiko", "高橋", "タカハシ", "恵子", "ケイコ")


@pytest.fixture
def jiro(db: None) -> User:
    return _account("jiro", "田中", "タナカ", "次郎", "ジロウ")


@pytest.fixture
def hanako(db: None) -> User:
    return _account("hanako", "山田", "ヤマダ", "花子", "ハナコ")


@pytest.fixture
def taro(db: None) -> User:
    """Not in the group."""
    return _account("taro", "佐藤", "サトウ", "太郎", "タロウ")


@pytest.fixture
def leader(group: Group, keiko: User) -> Membership:
    return MembershipFactory(group=group, user=keiko, email=keiko.email, role="leader")


@pytest.fixture
def coordinator(group: Group, jiro: User) -> Membership:
    return MembershipFactory(group=group, user=jiro, email=jiro.email, role="coordinator")


@pytest.fixture
def member(group: Group, hanako: User) -> Membership:
    return MembershipFactory(group=group, user=hanako, email=hanako.email)


@pytest.fixture
def invited(group: Group) -> Membership:
    """An invitation sent the day before the tests' now."""
    return MembershipFactory(
        group=group,
        user=None,
        email="taro@example.jp",
        state="invited",
        invited_at=NOON - timedelta(days=1, hours=1),
    )


@pytest.fixture
def officer(db: None) -> User:
    """Looks after the register of groups."""
    user = UserFactory(email="officer@example.jp", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(
            codename__in=["view_group", "change_group", "access_admin"]
        )
    )
    return user
