"""The calendar that goes with a place given, or given back: for whom, in which form."""

import logging
from datetime import timedelta
from email.utils import parseaddr

import pytest

from courses.enums import Delivery
from courses.models import CourseRun, SeatPool, Session
from enrollments.domain import calendar_files
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.delivery import deliver_due
from enrollments.domain.leaving import cancel_application, withdraw
from enrollments.domain.links import application_calendar_path
from enrollments.domain.message_context import calendar_links
from enrollments.domain.session_changes import cancel_session_and_tell
from enrollments.enums import NotificationState
from enrollments.models import Application, Notification
from tests.enrollments.mails import (
    INVITATION,
    files_of,
    in_the_feed,
    leave,
    move,
    parts_of,
    received,
    revision,
    shape_of,
    text_of,
)
from tests.enrollments.requests import HANAKO, JIRO, TARO, request_by
from tests.factories import SeatPoolFactory, SessionFactory

pytestmark = pytest.mark.django_db
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
MAIL = "hanako@example.jp"
FROM = "no-reply@manabiba.example"


def test_acceptance_carries_one_published_file_of_all_sessions(
    run, second_session, mailed_place, now
):
    (mail,) = received()

    assert shape_of(mail) == [("/mixed", "text/plain"), ("/mixed", "text/calendar")]
    (file,) = files_of(mail)
    calendar = file.calendar
    assert (file.method, str(calendar["METHOD"])) == ("PUBLISH", "PUBLISH")
    assert file.part.get_filename() == "calendar.ics"
    assert file.part["Content-Transfer-Encoding"] == "base64"
    assert file.part.get_content_charset() == "utf-8"
    assert [str(event["SUMMARY"]) for event in calendar.events] == [
        "防災入門 第1回（全2回）",
        "防災入門 第2回（全2回）",
    ]
    for event in calendar.events:
        assert str(event["ORGANIZER"]) == f"mailto:{FROM}"
        assert event["ORGANIZER"].params["CN"] == "まなびば"
        assert "ATTENDEE" not in event
    assert parseaddr(mail["From"])[1] == FROM


def test_the_file_is_a_calendar_octet_by_octet(mailed_place):
    (file,) = files_of(received()[0])

    assert file.body.endswith(b"END:VEVENT\r\nEND:VCALENDAR\r\n")
    assert b"\n" not in file.body.replace(b"\r\n", b"")
    assert max(len(line) for line in file.body.split(b"\r\n")) <= 75
    assert file.body.count(b"BEGIN:VTIMEZONE") == 1
    assert not [name for name in (b"X-WR-", b"REFRESH", b"SOURCE") if name in file.body]


def test_uid_and_revision_are_those_of_the_feed(
    run, second_session, mailed_place, hanako, now
):
    (file,) = files_of(received()[0])

    mailed = sorted(revision(event) for event in file.calendar.events)
    assert mailed == in_the_feed(hanako, now)


def test_acceptance_tells_how_to_subscribe_to_ones_own(mailed_place):
    text = text_of(received()[0])

    assert "添付のファイルを開くと、日程をカレンダーに入れられます。\n" in text
    assert "次のページで自分の予定を購読すると、日程の変更も自動で入ります。\n" in text
    assert "/my/calendar/\n" in text
    assert "/calendar.ics" not in text
    assert text == mailed_place.notifications.get().body


def test_without_an_account_it_names_the_calendar_of_the_application(run, now):
    application = apply_for_seat(
        run=run, request=request_by(HANAKO, email=MAIL), by=None, at=now
    )
    deliver_due(at=now)

    text = text_of(received()[0])
    assert "次のアドレスをカレンダーで購読すると、日程の変更も自動で入ります。\n" in text
    assert f"{application_calendar_path(application)}\n" in text


def test_in_english_the_words_are_english_and_the_calendar_is_as_the_feed(run, now):
    request = request_by(HANAKO, email=MAIL, language="en")
    apply_for_seat(run=run, request=request, by=None, at=now)
    deliver_due(at=now)

    (mail,) = received()
    (file,) = files_of(mail)
    assert mail["Content-Language"] == "en"
    assert f"{application_calendar_path(Application.objects.get())}\n" in text_of(mail)
    assert str(file.event["SUMMARY"]) == "防災入門"


def test_whoever_chose_a_session_gets_that_one_and_its_end(
    run, second_session, officer, now
):
    run.pools.all().delete()
    CourseRun.objects.update(chooses_session=True)
    for session in run.sessions.all():
        SeatPoolFactory(run=run, session=session)
    request = request_by(HANAKO, email=MAIL, session=second_session.pk)
    apply_for_seat(run=run, request=request, by=None, at=now)
    deliver_due(at=now)
    cancel_session_and_tell(
        session=second_session, reason="台風", by=officer, at=now + HOUR
    )

    (cancelled,) = leave(now + HOUR)
    given, taken = files_of(received()[0])[0], files_of(cancelled)[0]
    assert str(given.event["UID"]) == str(taken.event["UID"]) == second_session.uid
    assert str(taken.calendar["METHOD"]) == "CANCEL"
    assert str(taken.event["SUMMARY"]) == "【中止】防災入門 第2回（全2回）"
    assert int(taken.event["SEQUENCE"]) > int(given.event["SEQUENCE"])


def test_only_sessions_that_are_held_and_to_come_are_in_it(
    run, second_session, officer, now
):
    SessionFactory(run=run, number=3, starts_at=now - DAY)
    cancel_session_and_tell(session=second_session, reason="台風", by=officer, at=now)
    apply_for_seat(run=run, request=request_by(HANAKO, email=MAIL), by=None, at=now)
    deliver_due(at=now)

    (file,) = files_of(received()[0])
    assert str(file.event["UID"]) == run.sessions.get(number=1).uid


def test_a_run_without_sessions_sends_plain_text(run, now):
    Session.objects.all().delete()
    apply_for_seat(run=run, request=request_by(HANAKO, email=MAIL), by=None, at=now)
    deliver_due(at=now)

    (mail,) = received()
    assert shape_of(mail) == [("", "text/plain")]
    assert "カレンダー" not in text_of(mail)


def test_a_year_of_sessions_stays_a_small_mail(run, now):
    for number in range(2, 53):
        SessionFactory(run=run, number=number, starts_at=now + number * WEEK)
    apply_for_seat(run=run, request=request_by(HANAKO, email=MAIL), by=None, at=now)
    deliver_due(at=now)

    (mail,) = received()
    assert len(files_of(mail)[0].calendar.events) == 52
    assert len(mail.as_bytes()) < 60_000


def test_a_place_given_backleaves_the_calendar(run, mailed_place, hanako, now):
    Session.objects.update(online_url="https://meet.example/1")
    (before,) = in_the_feed(hanako, now)
    withdraw(application=mailed_place, by=hanako, at=now + HOUR)

    (mail,) = leave(now + HOUR)
    shown = parts_of(mail)[2]
    event = shown.event
    assert (shown.method, str(event["STATUS"])) == ("CANCEL", "CANCELLED")
    assert str(event["SUMMARY"]) == "【取り消し】防災入門"
    assert str(event["UID"]) == before[0]
    assert int(event["SEQUENCE"]) > before[1]
    assert b"meet.example" not in shown.body


def test_a_place_taken_backleaves_the_calendar(run, mailed_place, officer, now):
    cancel_application(application=mailed_place, by=officer, at=now, why="要件")

    (mail,) = leave(now)
    assert [str(file.calendar["METHOD"]) for file in files_of(mail)] == ["CANCEL"]


def test_what_somebody_of_the_family_still_comes_to_stays(run, mailed_place, hanako, now):
    child = request_by(TARO, email=MAIL)
    other = apply_for_seat(run=run, request=child, by=None, at=now)
    deliver_due(at=now)
    withdraw(application=other, by=None, at=now + HOUR)

    (mail,) = leave(now + HOUR)
    assert shape_of(mail) == [("", "text/plain")]

    withdraw(application=mailed_place, by=hanako, at=now + 2 * HOUR)
    (last,) = leave(now + 2 * HOUR)
    assert [str(file.calendar["METHOD"]) for file in files_of(last)] == ["CANCEL"]


def test_a_place_gone_before_its_mail_left_is_not_put_into_the_calendar(run, now):
    application = apply_for_seat(
        run=run, request=request_by(HANAKO, email=MAIL), by=None, at=now
    )
    withdraw(application=application, by=None, at=now)
    deliver_due(at=now)

    accepted, withdrawn = received()
    assert shape_of(accepted) == [("", "text/plain")]
    assert shape_of(withdrawn) == INVITATION


def test_who_only_waits_has_nothing_in_the_calendar(run, officer, now):
    SeatPool.objects.update(capacity=1)
    for person in (TARO, JIRO):
        apply_for_seat(run=run, request=request_by(person), by=None, at=now)
    deliver_due(at=now)
    waiting = Application.objects.get(family_name="田中")
    move(run, run.sessions.get(), officer, now)
    withdraw(application=waiting, by=None, at=now + timedelta(minutes=1))
    leave(now)

    own = [mail for mail in received() if mail["To"] == waiting.email]
    # Waiting, moved, asked to take the place that the officer's form adds, withdrawn.
    assert [shape_of(mail) for mail in own] == [[("", "text/plain")]] * 4


def test_the_meeting_is_in_the_calendar_of_those_with_a_place(run, now):
    CourseRun.objects.update(delivery=Delivery.ONLINE)
    Session.objects.update(online_url="https://meet.example/1")
    fresh = CourseRun.objects.get(pk=run.pk)
    apply_for_seat(run=fresh, request=request_by(HANAKO, email=MAIL), by=None, at=now)
    deliver_due(at=now)

    (file,) = files_of(received()[0])
    assert str(file.event["CONFERENCE"]) == "https://meet.example/1"


def test_promotion_carries_the_sessions_too(run, officer, now):
    SeatPool.objects.update(capacity=1)
    first = apply_for_seat(run=run, request=request_by(TARO), by=None, at=now)
    apply_for_seat(run=run, request=request_by(HANAKO, email=MAIL), by=None, at=now)
    near = now + 2 * WEEK - DAY
    cancel_application(application=first, by=officer, at=near, why="都合")
    leave(near)

    last = [mail for mail in received() if mail["To"] == MAIL][-1]
    assert "キャンセル待ちから受講が決まりました" in last["Subject"]
    assert [file.method for file in files_of(last)] == ["PUBLISH"]


def test_people_without_mail_get_no_file(run, now):
    request = request_by(HANAKO, email="", phone="0420-11-1111")
    apply_for_seat(run=run, request=request, by=None, at=now)

    told = Notification.objects.get()
    assert deliver_due(at=now) == 0
    assert told.state == NotificationState.BY_HAND
    assert "カレンダー" not in told.body
    assert "\n\n\n" not in told.body


def test_a_fault_in_the_calendar_does_not_keep_the_words_back(
    run, now, monkeypatch, caplog
):
    def broken(calendar):
        raise ValueError(calendar.attendee)

    monkeypatch.setattr(calendar_files, "render_mail", broken)
    application = apply_for_seat(
        run=run, request=request_by(HANAKO, email=MAIL), by=None, at=now
    )
    with caplog.at_level(logging.ERROR):
        deliver_due(at=now)

    told = application.notifications.get()
    assert told.state == NotificationState.SENT
    assert shape_of(received()[0]) == [("", "text/plain")]
    assert f"message {told.pk} leaves without its calendar: ValueError" in caplog.text
    assert MAIL not in caplog.text


def test_the_words_about_calendars_ask_the_database_nothing(
    run, now, django_assert_num_queries
):
    """They are written under the run's lock."""
    application = apply_for_seat(
        run=run, request=request_by(HANAKO, email=MAIL), by=None, at=now
    )
    loaded = Application.objects.select_related("run__course").get(pk=application.pk)
    with django_assert_num_queries(0):
        assert list(calendar_links(loaded)) == ["calendar_address"]


@pytest.mark.parametrize("number", [1, 3])
def test_a_mailleaves_with_a_fixed_number_of_queries(
    number, run, now, django_assert_num_queries
):
    for following in range(2, number + 1):
        SessionFactory(run=run, number=following, starts_at=now + following * WEEK)
    apply_for_seat(run=run, request=request_by(HANAKO, email=MAIL), by=None, at=now)
    with django_assert_num_queries(17):
        assert deliver_due(at=now) == 1
    assert len(files_of(received()[0])[0].calendar.events) == number
