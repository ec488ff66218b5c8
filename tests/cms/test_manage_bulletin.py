"""The page of the bulletin's copy, and its file."""

import pytest
from django.urls import reverse

from accounts.models import User
from cms.permissions import set_up_roles
from tests.factories import StaffProfileFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(site) -> User:
    officers, _administrators = set_up_roles()
    user = StaffProfileFactory().user
    user.groups.add(officers)
    return user


@pytest.fixture
def december(offer, officer):
    """One course of the officer's section and one of another, both in December."""
    own = offer("防災", course={"department": officer.staff_profile.department})
    return own, offer("会計")


def test_next_months_copy_of_the_own_section_comes_first(client, officer, december):
    client.force_login(officer)
    response = client.get(reverse("manage_bulletin"))
    text = response.context["text"]

    assert response.context["month"].isoformat() == "2026-12-01"
    assert "■防災\n日時　12月5日（土）12:00〜14:00" in text
    assert "■会計" not in text
    assert text in response.content.decode().replace("&#x27;", "'")


def test_all_sections_are_there_on_request(client, officer, december):
    client.force_login(officer)
    response = client.get(reverse("manage_bulletin") + "?whose=all&group=theme")

    assert "■防災" in response.context["text"]
    assert "■会計" in response.context["text"]


def test_file_has_the_same_text(client, officer, december):
    client.force_login(officer)
    address = reverse("manage_bulletin") + "?month=2026-12&form=txt"
    response = client.get(address)
    shown = client.get(reverse("manage_bulletin")).context["text"]

    assert response["Content-Disposition"] == 'attachment; filename="koho-2026-12.txt"'
    assert response.content.decode("utf-8-sig").replace("\r\n", "\n") == shown


@pytest.mark.parametrize(
    "query", ["?month=nope&by=x&whose=y&group=z", "?month=0000-00", "?month=9999-12"]
)
def test_wrong_words_give_next_month(client, officer, december, query):
    client.force_login(officer)
    response = client.get(reverse("manage_bulletin") + query)

    assert response.context["month"].isoformat() == "2026-12-01"
    assert "■防災" in response.context["text"]


def test_empty_month_says_what_to_do(client, officer, december):
    client.force_login(officer)
    text = client.get(reverse("manage_bulletin") + "?month=2027-03").content.decode()

    assert "この月の原稿になる講座はありません" in text


def test_residents_do_not_get_it(client, december):
    client.force_login(UserFactory())

    assert client.get(reverse("manage_bulletin")).status_code == 403
