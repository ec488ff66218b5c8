"""The outbox, what is printed and telephoned, and a city's own wording."""

import pytest
import time_machine
from django.urls import reverse

from accounts.models import AccessLog
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.delivery_words import error_words
from enrollments.domain.links import application_path
from enrollments.domain.message_queries import messages_of, to_be_posted, to_be_telephoned
from enrollments.domain.messages import tell
from enrollments.domain.outbox import write_message
from enrollments.enums import ContactBy, MessageKind
from enrollments.enums import NotificationState as State
from enrollments.models import MessageTemplate, Notification
from tests.enrollments.back_office import officer_of
from tests.enrollments.requests import HANAKO, JIRO, TARO, request_by
from tests.factories import (
    NOON,
    CourseFactory,
    CourseRunFactory,
    DepartmentFactory,
    SeatPoolFactory,
    SessionFactory,
    UserFactory,
)

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
def by_post(run, now):
    run.pools.update(capacity=9)
    wishes = {
        "email": "",
        "postal_code": "1800022",
        "address": "緑町1丁目2番3号",
        "contact_by": ContactBy.POST,
    }
    return apply_for_seat(run=run, request=request_by(HANAKO, **wishes), by=None, at=now)


@pytest.fixture
def by_phone(run, now):
    run.pools.update(capacity=9)
    wishes = {"email": "", "phone": "0420-11-2222"}
    return apply_for_seat(run=run, request=request_by(TARO, **wishes), by=None, at=now)


@pytest.fixture
def by_mail(run, now):
    run.pools.update(capacity=9)
    return apply_for_seat(run=run, request=request_by(JIRO), by=None, at=now)


def _message(application) -> Notification:
    return application.notifications.get()


def _page(client, name, *args, **query) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def _shown(answer) -> list[int]:
    return [message.pk for message in answer.context["page_obj"]]


def test_outbox_is_narrowed_by_state_kind_and_run(client, officer, run, by_mail, by_phone):
    address = reverse("manage_messages")
    mail, call = _message(by_mail).pk, _message(by_phone).pk

    assert _shown(client.get(address)) == [call]
    assert _shown(client.get(address, {"state": "pending"})) == [mail]
    assert _shown(client.get(address, {"state": "all"})) == [call, mail]
    assert _shown(client.get(address, {"state": "all", "kind": "lost"})) == []
    assert _shown(client.get(address, {"state": "all", "run": run.code})) == [call, mail]


@pytest.mark.parametrize(
    "words", ["田中 次郎", "たなか", "261121-120000-001", "@example.jp"]
)
def test_outbox_is_searched_by_post_in_all_states(client, officer, by_mail, words):
    answer = client.post(reverse("manage_messages"), {"q": words})

    assert _shown(answer) == [_message(by_mail).pk]


def test_search_finds_nobody_else(client, officer, by_mail, by_phone):
    answer = client.post(reverse("manage_messages"), {"q": "佐藤"})

    assert _shown(answer) == [_message(by_phone).pk]


def test_dead_messages_are_sent_again_all_at_once(client, officer, by_mail, by_phone):
    Notification.objects.filter(application=by_mail).update(state=State.DEAD, attempts=6)

    client.post(reverse("manage_messages_retry"))
    states = {
        message.application_id: message.state for message in Notification.objects.all()
    }
    assert states == {by_mail.pk: State.PENDING, by_phone.pk: State.BY_HAND}


def test_retry_touches_no_other_section(client, officer, by_mail):
    elsewhere = CourseRunFactory(course=CourseFactory(department=DepartmentFactory()))
    SeatPoolFactory(run=elsewhere)
    SessionFactory(run=elsewhere)
    other = apply_for_seat(run=elsewhere, request=request_by(TARO), by=None, at=NOON)
    Notification.objects.update(state=State.DEAD)

    client.post(reverse("manage_messages_retry"))
    assert _message(other).state == State.DEAD
    assert client.get(reverse("manage_message_history", args=[other.pk])).status_code == 403


def test_mail_that_cannot_arrive_becomes_a_call(client, officer, by_mail):
    message = _message(by_mail)
    Notification.objects.update(state=State.DEAD)

    client.post(reverse("manage_message_settle", args=[message.pk]), {"action": "by_hand"})
    assert _message(by_mail).state == State.BY_HAND


def test_history_has_the_persons_other_applications_too(
    client, officer, run, department, by_mail, by_phone
):
    second = CourseRunFactory(course=CourseFactory(department=department, title="二つめ"))
    SeatPoolFactory(run=second)
    SessionFactory(run=second)
    again = apply_for_seat(run=second, request=request_by(JIRO), by=None, at=NOON)

    answer = client.get(reverse("manage_message_history", args=[by_mail.pk]))
    assert {message.application_id for message in answer.context["sent"]} == {
        by_mail.pk,
        again.pk,
    }
    assert AccessLog.objects.filter(subject="お知らせの履歴").count() == 1


@pytest.mark.parametrize(
    ("recorded", "words"),
    [
        ("SMTPDataError 554", "メールサーバーが内容を受け取りませんでした（554）"),
        ("TimeoutError", "メールサーバーの返事がありませんでした（TimeoutError）"),
        ("送信の途中で処理が止まりました", "送信の途中で処理が止まりました"),
    ],
)
def test_errors_are_said_in_words(recorded, words):
    assert error_words(recorded) == words


def test_post_and_telephone_are_told_apart(officer, by_post, by_phone, by_mail):
    own = messages_of(officer)

    assert [one.application for one in to_be_posted(own)] == [by_post]
    assert [one.application for one in to_be_telephoned(own)] == [by_phone]


def test_letters_page_shows_both(client, officer, run, by_post, by_phone):
    page = _page(client, "manage_letters", run.code)

    assert "〒180-0022" in page
    assert "緑町1丁目2番3号" in page
    assert 'href="tel:' in page
    assert AccessLog.objects.filter(subject=f"印刷と電話 {run.code}", people=2).exists()


@pytest.mark.parametrize("form", ["letter", "postcard", "postcard_printed"])
def test_printing_shows_name_and_address_and_is_noted(client, officer, by_post, form):
    message = _message(by_post)
    answer = client.post(
        reverse("manage_letters_print"), {"message": message.pk, "form": form}
    )

    page = answer.content.decode()
    assert "山田 花子 様" in page
    assert "緑町1丁目2番3号" in page
    assert ("card--boxes" in page) == (form == "postcard")
    message.refresh_from_db()
    assert (message.printed_at, message.printed_by) == (NOON, officer)
    assert message.state == State.BY_HAND
    assert AccessLog.objects.filter(kind="export", people=1).exists()


def test_only_what_was_printed_can_be_posted(client, officer, by_post):
    message = _message(by_post)
    chosen = {"message": message.pk}
    client.post(reverse("manage_letters_settle"), chosen)
    message.refresh_from_db()
    assert message.state == State.BY_HAND

    client.post(reverse("manage_letters_print"), {**chosen, "form": "letter"})
    client.post(reverse("manage_letters_settle"), chosen)
    message.refresh_from_db()
    assert (message.state, message.settled_by) == (State.SENT, officer)


def test_letters_of_another_section_are_not_printed(client, by_post):
    client.force_login(officer_of(DepartmentFactory()))
    message = _message(by_post)

    client.post(reverse("manage_letters_print"), {"message": message.pk, "form": "letter"})
    message.refresh_from_db()
    assert message.printed_at is None


@pytest.mark.parametrize("kind", [MessageKind.SUPPORT, MessageKind.FINDINGS])
def test_what_nobody_else_may_read_is_never_on_a_postcard(client, by_post, kind):
    """Wishes for support, and the link that approves findings for the citizens."""
    admin = UserFactory(is_superuser=True, is_staff=True)
    client.force_login(admin)
    Notification.objects.update(kind=kind)
    message = _message(by_post)
    address = reverse("manage_letters_print")

    assert (
        client.post(address, {"message": message.pk, "form": "postcard"}).status_code == 302
    )
    assert (
        client.post(address, {"message": message.pk, "form": "letter"}).status_code == 200
    )


def test_text_that_does_not_fit_goes_by_letter_only(client, officer, by_post):
    address = reverse("manage_letters_print")
    message = _message(by_post)
    chosen = {"message": message.pk, "form": "postcard"}
    assert client.post(address, chosen).status_code == 200

    Notification.objects.update(body="第1回: 12月5日（土）12:00〜14:00\n" * 27)
    assert client.post(address, chosen).status_code == 302


def test_letter_asks_to_telephone_and_has_no_link(by_post):
    body = _message(by_post).body

    assert application_path(by_post) not in body
    assert "電話: 0420-00-0000" in body


@pytest.mark.parametrize("people", [1, 3])
def test_cost_of_the_outbox_does_not_grow(
    client, officer, by_mail, people, django_assert_max_num_queries
):
    for number in range(people - 1):
        tell(
            kind=MessageKind.WITHDRAWN,
            occasion=f"again:{number}",
            application=by_mail,
            at=NOON,
        )
    address = reverse("manage_messages") + "?state=all"
    client.get(address)

    with django_assert_max_num_queries(20):
        client.get(address)


def test_messages_about_no_application_are_the_administrators(client, officer, now):
    write_message(kind=MessageKind.OTHER, occasion="x", subject="承認", body="本文", at=now)

    assert messages_of(officer).count() == 0
    assert messages_of(UserFactory(is_superuser=True)).count() == 1


@pytest.fixture
def admin(client):
    user = UserFactory(is_superuser=True, is_staff=True)
    client.force_login(user)
    return user


WORDING = ("manage_wording", "accepted", "ja")


def test_wording_is_for_administrators(client, officer):
    assert client.get(reverse("manage_wordings")).status_code == 403
    assert client.get(reverse(WORDING[0], args=WORDING[1:])).status_code == 403


def test_page_begins_with_the_products_words(client, admin):
    page = _page(client, *WORDING)

    assert "標準の文面を使っています" in page
    assert "受講が決まりました：{講座名}" in page
    assert "{申込みの内容}" in page


def test_saving_trying_and_going_back(client, admin):
    address = reverse(WORDING[0], args=WORDING[1:])
    body = "{氏名} 様 {申込みの内容} {問い合わせ} {リンク}"
    said = {"subject": "{講座名}へようこそ", "body": body}

    tried = client.post(address, {**said, "action": "try"})
    assert "はじめての市民活動へようこそ" in tried.content.decode()
    assert not MessageTemplate.objects.exists()

    client.post(address, {**said, "action": "save"})
    assert MessageTemplate.objects.get().body == body
    client.post(address, {"action": "standard"})
    assert not MessageTemplate.objects.exists()


def test_misspelt_placeholder_is_said_and_nothing_saved(client, admin):
    address = reverse(WORDING[0], args=WORDING[1:])
    answer = client.post(address, {"subject": "x", "body": "{指名}", "action": "save"})

    assert answer.status_code == 422
    assert "「{氏名}」でしょうか" in answer.content.decode()
    assert not MessageTemplate.objects.exists()


def test_trying_on_somebodys_application_is_noted_and_shows_no_secret_link(
    client, admin, by_mail
):
    address = reverse(WORDING[0], args=WORDING[1:])
    said = {"subject": "x", "body": "{氏名} {リンク}", "action": "try", "on": "real"}
    page = client.post(address, {**said, "number": by_mail.receipt_number})

    assert page.context["tried"]["body"].startswith("田中 次郎 ")
    assert application_path(by_mail) not in page.content.decode()
    assert AccessLog.objects.filter(subject="お知らせの文面の試し").count() == 1


def test_number_that_nobody_has_is_said(client, admin, by_mail):
    address = reverse(WORDING[0], args=WORDING[1:])
    said = {"subject": "x", "body": "{氏名}", "action": "try", "on": "real"}
    page = client.post(address, {**said, "number": "261121-120000-999"}).content.decode()

    assert "この受付番号の申込みは、担当課の開催にありません。" in page
