"""The address of a postcode, without asking the network."""

import pytest
from django.core.cache import cache

from accounts.domain.postcodes import address_of


@pytest.mark.parametrize(
    "code", ["1800022", "180-0022", "〒１８０－００２２", " 180 0022 "]
)
def test_postcode_in_any_writing_gives_the_address(code):
    assert address_of(code) == "東京都武蔵野市境"


@pytest.mark.parametrize("code", ["", "180002", "18000222", "0000000", "abc", "\0"])
def test_no_address_for_what_is_no_postcode(code):
    assert address_of(code) == ""


@pytest.mark.django_db
def test_form_asks_for_an_address(client):
    cache.clear()
    response = client.get("/apply/postcode/", {"code": "180-0022"})

    assert response.json() == {"address": "東京都武蔵野市境"}
    assert "private" in response["Cache-Control"]
    assert client.post("/apply/postcode/").status_code == 405


@pytest.mark.django_db
def test_too_many_questions_are_turned_away(client, settings):
    cache.clear()
    settings.RULES_OF_USE = {**settings.RULES_OF_USE, "postcode": "1/1h"}
    client.get("/apply/postcode/?code=1800022")

    response = client.get("/apply/postcode/?code=1800022")
    assert (response.status_code, response.json()) == (429, {"address": ""})
    assert response["Cache-Control"] == "no-store"
