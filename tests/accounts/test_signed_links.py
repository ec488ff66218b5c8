"""A link opens what it was made for, and goes on doing so."""

from uuid import UUID

import pytest
from django.core.signing import Signer

from accounts.domain.signed_links import SignedLinks
from enrollments.domain import links, reminder_links
from enrollments.domain.surveys import opting_out
from learning_paths.domain import links as group_links

SOMETHING = UUID("6f1d3a60-56cb-4d5f-a3c1-70a4b1c2d3e4")
LINKS = SignedLinks("one.kind")


def test_link_opens_what_was_signed():
    assert LINKS.public_id(LINKS.sign(SOMETHING)) == SOMETHING


@pytest.mark.parametrize("token", ["", ".", "6f1d3a60", f"{SOMETHING.hex}.forged"])
def test_forged_link_opens_nothing(token):
    assert LINKS.public_id(token) is None
    assert LINKS.value(token) is None


def test_link_of_another_kind_opens_nothing():
    assert LINKS.public_id(SignedLinks("another.kind").sign(SOMETHING)) is None


def test_what_is_no_id_opens_nothing():
    token = LINKS.sign("12-1700000000")
    assert LINKS.value(token) == "12-1700000000"
    assert LINKS.public_id(token) is None


def test_link_outlives_the_key_it_was_signed_with(settings):
    token = LINKS.sign(SOMETHING)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "later", [settings.SECRET_KEY]
    assert LINKS.public_id(token) == SOMETHING
    settings.SECRET_KEY_FALLBACKS = []
    assert LINKS.public_id(token) is None


@pytest.mark.parametrize(
    ("kind", "salt"),
    [
        (links.APPLICATION, "enrollments.application-link"),
        (links.CALENDAR, "enrollments.application-calendar"),
        (links.WISH, "enrollments.held-again"),
        (links.OFFER, "enrollments.offer-link"),
        (reminder_links.REMINDERS, "enrollments.reminders"),
        (opting_out.SURVEYS, "enrollments.surveys"),
        (group_links.INVITATION, "learning_paths.group-invitation"),
    ],
)
def test_links_in_mails_already_sent_stay_valid(kind, salt):
    assert kind.public_id(Signer(salt=salt, sep=".").sign(SOMETHING.hex)) == SOMETHING
