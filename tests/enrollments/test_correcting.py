"""Staff put a name or a contact right; what stood there is kept."""

from uuid import UUID

import pytest
import time_machine
from django.urls import reverse

from accounts.domain.refusal import NotAllowed
from enrollments.domain import correcting, refusals
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.audit import differences
from enrollments.domain.correcting import Contact
from enrollments.enums import ContactBy, NotificationState
from enrollments.models import Application, Correction, PersonClaim, PersonKey
from tests.cms.sent_form import as_shown
from tests.enrollments.back_office import officer_of
from tests.enrollments.requests import HANAKO, TARO, request_by
from tests.factories import NOON

pytestmark = pytest.mark.django_db
RIGHT = Contact("山田", "華子", "ヤマダ", "ハナコ", phone="0420-12-3456")


LINK_ID = UUID("11111111-2222-4333-8444-555555555555")


def correct_contact(**which):
    return correcting.correct_contact(link_id=LINK_ID, **which)


@pytest.fixture
def application(run, now):
    asked = request_by(HANAKO, email="", phone="0420-12-3465")
    return apply_for_seat(run=run, request=asked, by=None, at=now)


def test_correction_changes_the_row_and_keeps_what_stood_there(application, officer, now):
    made = correct_contact(application=application, contact=RIGHT, by=officer, at=now)

    application.refresh_from_db()
    assert (application.given_name, application.phone) == ("華子", "0420-12-3456")
    assert application.participants.get().given_name == "華子"
    assert (made.fields, made.by, made.at) == (
        [["given_name", "花子", "華子"], ["phone", "0420-12-3465", "0420-12-3456"]],
        officer,
        now,
    )


def test_unsent_messages_follow_a_corrected_address(run, officer, now):
    """A mistyped address: the mail came back, and is sent again once it is right."""
    wrong = request_by(TARO, email="tarou@example.jp")
    application = apply_for_seat(run=run, request=wrong, by=None, at=now)
    message = application.notifications.get()
    message.state = NotificationState.DEAD
    message.save()
    name = ("佐藤", "太郎", "サトウ", "タロウ")

    right = Contact(*name, email="taro@example.jp")
    correct_contact(application=application, contact=right, by=officer, at=now)
    message.refresh_from_db()
    assert (message.recipient, message.state) == (
        "taro@example.jp",
        NotificationState.DEAD,
    )

    none = Contact(*name, phone="0420-12-3456")
    correct_contact(application=application, contact=none, by=officer, at=now)
    message.refresh_from_db()
    assert (message.recipient, message.state) == ("", NotificationState.BY_HAND)


def test_messages_that_went_out_keep_their_address(run, officer, now):
    wrong = request_by(TARO, email="tarou@example.jp")
    application = apply_for_seat(run=run, request=wrong, by=None, at=now)
    application.notifications.update(state=NotificationState.SENT)

    right = Contact("佐藤", "太郎", "サトウ", "タロウ", email="taro@example.jp")
    correct_contact(application=application, contact=right, by=officer, at=now)
    sent = application.notifications.get(state=NotificationState.SENT)
    assert sent.recipient == "tarou@example.jp"


def test_nothing_different_leaves_no_trace(application, officer, now):
    correct_contact(application=application, contact=RIGHT, by=officer, at=now)

    again = correct_contact(application=application, contact=RIGHT, by=officer, at=now)
    assert again is None
    assert Correction.objects.count() == 1


def test_person_is_recognised_by_what_is_right(run, application, officer, now):
    correct_contact(application=application, contact=RIGHT, by=officer, at=now)
    again = request_by(HANAKO, email="", phone="0420-12-3456")

    with pytest.raises(refusals.AlreadyApplied):
        apply_for_seat(run=run, request=again, by=None, at=now)
    assert PersonKey.objects.filter(application=application).count() == 1
    assert PersonClaim.objects.filter(application=application).count() == 1


def test_nobody_becomes_somebody_who_is_in_the_run(run, application, officer, now):
    taro = request_by(TARO, email="", phone="0420-55-5555")
    apply_for_seat(run=run, request=taro, by=None, at=now)
    same = Contact("佐藤", "太郎", "サトウ", "タロウ", phone="0420-55-5555")

    with pytest.raises(refusals.AlreadyApplied):
        correct_contact(application=application, contact=same, by=officer, at=now)
    application.refresh_from_db()
    assert application.family_name == "山田"


def test_way_of_contact_follows_what_is_left(application, officer, now):
    only_post = Contact("山田", "花子", "ヤマダ", "ハナコ", address="緑町1-2-3")
    correct_contact(application=application, contact=only_post, by=officer, at=now)

    application.refresh_from_db()
    assert application.contact_by == ContactBy.POST


def test_somebody_has_to_stay_reachable(application, officer, now):
    nowhere = Contact("山田", "花子", "ヤマダ", "ハナコ")

    with pytest.raises(refusals.Unreachable):
        correct_contact(application=application, contact=nowhere, by=officer, at=now)


def test_other_sections_correct_nothing(application, hanako, now):
    with pytest.raises(NotAllowed):
        correct_contact(application=application, contact=RIGHT, by=hanako, at=now)


def test_officer_corrects_on_the_page_and_sees_the_record(client, run, application):
    client.force_login(officer_of(run.course.department))
    address = reverse("manage_application_correct", args=[application.pk])
    with time_machine.travel(NOON, tick=False):
        form = as_shown(client.get(address)) | {"phone": "0420-12-3456"}
        page = client.post(address, form, follow=True).content.decode()

    assert "0420-12-3465 → 0420-12-3456" in page
    assert Application.objects.get().phone == "0420-12-3456"
    assert client.post(address, form | {"phone": ""}).status_code == 422


def test_namesake_keeps_the_contact_that_was_shared(run, application, officer, now):
    """Two of one name gave one telephone number, and the first one's was wrong."""
    asked, again = (request_by(HANAKO, email="", phone="0420-12-3465") for _once in "12")
    apply_for_seat(run=run, request=asked, by=officer, at=now, namesake_reason="別の方")

    correct_contact(application=application, contact=RIGHT, by=officer, at=now)

    assert differences() == []
    with pytest.raises(refusals.AlreadyApplied):
        apply_for_seat(run=run, request=again, by=None, at=now)
