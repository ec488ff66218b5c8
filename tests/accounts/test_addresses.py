import pytest
from allauth.account.models import EmailAddress

from accounts.domain.addresses import confirmed_address
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return UserFactory(email="hana@example.jp")


def has(user, email, *, verified=True):
    EmailAddress.objects.create(user=user, email=email, verified=verified)


def test_mails_go_to_the_own_address_once_it_is_confirmed(user):
    has(user, "a@example.jp")
    has(user, "hana@example.jp")

    assert confirmed_address(user) == "hana@example.jp"


def test_mails_go_to_another_address_while_the_own_is_not_confirmed(user):
    has(user, "hana@example.jp", verified=False)
    has(user, "z@example.jp")

    assert confirmed_address(user) == "z@example.jp"


def test_mails_go_nowhere_while_no_address_is_confirmed(user):
    has(user, "hana@example.jp", verified=False)

    assert confirmed_address(user) == ""
