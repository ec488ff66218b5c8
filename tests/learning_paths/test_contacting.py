import pytest
from django.db import IntegrityError, transaction

from learning_paths.domain.contacting import Contact, public_contact, set_contact
from learning_paths.domain.refusals import ContactNeedsAWay, NotAnOrganiser
from learning_paths.models import Group

pytestmark = pytest.mark.usefixtures("leader", "member")
KNOWN = {"contact_name": "高橋", "contact_phone": "0420-12-3456"}


def test_only_what_was_agreed_to_is_public(group, keiko, now):
    contact = Contact(**KNOWN, shows_contact_phone=True)
    kept = set_contact(group=group, contact=contact, by=keiko, at=now)

    assert public_contact(kept) == {"contact_phone": "0420-12-3456"}
    assert kept.contact_consented_at == now


def test_consent_is_taken_back_at_once(group, keiko, now):
    set_contact(
        group=group,
        contact=Contact(**KNOWN, shows_contact_phone=True),
        by=keiko,
        at=now,
    )
    kept = set_contact(group=group, contact=Contact(**KNOWN), by=keiko, at=now)

    assert public_contact(kept) == {}
    assert kept.contact_name == "高橋"


def test_what_is_shown_has_to_be_there(group, keiko, now):
    contact = Contact(**KNOWN, shows_contact_email=True)
    with pytest.raises(ContactNeedsAWay):
        set_contact(group=group, contact=contact, by=keiko, at=now)


def test_members_do_not_speak_for_the_group(group, hanako, now):
    with pytest.raises(NotAnOrganiser):
        set_contact(group=group, contact=Contact(**KNOWN), by=hanako, at=now)


def test_database_shows_nothing_without_consent(group):
    with (
        pytest.raises(IntegrityError, match="shows_contact_by_consent"),
        transaction.atomic(),
    ):
        Group.objects.update(shows_contact_name=True)
