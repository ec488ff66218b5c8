"""Looking for a group on a phone: the choices are a sheet over the page."""

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from tests.browser.visitors import is_fine
from tests.factories import GroupFactory
from tests.pages import build_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_choices_are_seen_made_and_taken_off_on_a_phone(phone, live_server):
    cache.clear()
    build_site()
    GroupFactory(name="森の会", kind="npo")
    GroupFactory(name="川の会", kind="school")
    phone.goto(f"{live_server.url}/groups/")
    phone.get_by_text("条件をえらぶ").click()
    expect(phone.get_by_label("NPO法人")).to_be_visible()
    expect(phone.get_by_role("link", name="森の会")).to_be_hidden()
    phone.get_by_label("NPO法人").check()
    phone.get_by_role("button", name="この条件でさがす").click()

    chip = phone.get_by_role("link", name="NPO法人 を外す")
    expect(chip).to_be_visible()
    expect(phone.get_by_role("link", name="川の会")).to_have_count(0)
    is_fine(phone)
    chip.click()
    expect(phone.get_by_role("link", name="川の会")).to_be_visible()
