"""What staff's browsers would never send decides nothing and breaks nothing."""

import pytest
import time_machine
from django.urls import reverse

from enrollments.domain.applying import apply_for_seat
from enrollments.enums import NotificationState as State
from enrollments.models import Notification
from tests.enrollments.back_office import officer_of
from tests.enrollments.requests import HANAKO, request_by
from tests.factories import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def officer(client, department):
    user = officer_of(department)
    client.force_login(user)
    return user


@pytest.fixture
def by_hand(run, now):
    """A message that waits to be told by telephone."""
    wishes = {"email": "", "phone": "0420-11-2222"}
    apply_for_seat(run=run, request=request_by(HANAKO, **wishes), by=None, at=now)
    return Notification.objects.get()


def test_nothing_is_settled_without_saying_what(client, officer, by_hand):
    address = reverse("manage_message_settle", args=[by_hand.pk])

    for said in ({}, {"action": "x", "back": "x"}, {"back": "//evil.example/"}):
        assert client.post(address, said).url == reverse("manage_messages")
    by_hand.refresh_from_db()
    assert by_hand.state == State.BY_HAND

    client.post(address, {"action": "settled"})
    by_hand.refresh_from_db()
    assert by_hand.state == State.SENT


@pytest.mark.parametrize("damaged", ["'><script>", "\0", "9" * 30, "²"])
@pytest.mark.parametrize("name", ["manage_letters_print", "manage_letters_settle"])
def test_damaged_choice_of_letters_chooses_nothing(client, officer, name, damaged):
    sent = {"form": "letter", "message": damaged, "run": damaged}
    answer = client.post(reverse(name), sent)
    assert answer.url == reverse("manage_letters_section")


@pytest.mark.parametrize("damaged", ["", "x", "9" * 30])
def test_unknown_places_are_offered_to_nobody(client, officer, run, damaged):
    address = reverse("manage_waiting_list", args=[run.code])
    assert client.post(address, {"pool": damaged}).status_code == 404


@pytest.mark.parametrize("damaged", ["", "x", "²", "9" * 30])
def test_refund_for_nobody_is_not_found(client, officer, run, damaged):
    address = reverse("manage_refunds", args=[run.code])
    sent = {"application": damaged, "amount": "100", "reason": "中止"}
    assert client.post(address, sent).status_code == 404
