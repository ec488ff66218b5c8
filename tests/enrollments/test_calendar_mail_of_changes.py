"""The calendar that goes with the news of changed sessions."""

from dataclasses import replace
from datetime import timedelta

import pytest

from courses.domain.session_plans import plan_of
from courses.domain.sessions import edit_session
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.calendar_updates import MOST_FILES
from enrollments.domain.calling_off import cancel_run_and_tell, postpone_run_and_tell
from enrollments.domain.delivery import deliver_due
from enrollments.domain.session_changes import cancel_session_and_tell, make_up_for
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
from tests.enrollments.requests import TARO, request_by
from tests.factories import SessionFactory

pytestmark = pytest.mark.django_db
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
MAIL = "hanako@example.jp"
FROM = "no-reply@manabiba.example"


def test_a_moved_session_asks_for_its_new_time(run, mailed_place, officer, hanako, now):
    (before,) = files_of(received()[0])
    session = run.sessions.get()
    move(run, session, officer, now + HOUR)

    (mail,) = leave(now + HOUR)
    assert shape_of(mail) == INVITATION
    shown, copy = parts_of(mail)[2:]
    event = shown.event
    assert copy.body == shown.body
    assert copy.part.get_filename() == "calendar-20261206-1200.ics"
    assert (shown.method, str(shown.calendar["METHOD"])) == ("REQUEST", "REQUEST")
    assert shown.part["Content-Transfer-Encoding"] == "base64"
    assert event["DTSTART"].dt == session.starts_at + DAY
    assert (str(event["SUMMARY"]), str(event["STATUS"])) == (
        "【日時変更】防災入門",
        "CONFIRMED",
    )
    assert [revision(event)] == in_the_feed(hanako, now + HOUR)
    assert int(event["SEQUENCE"]) > int(before.event["SEQUENCE"])
    assert "添付のファイルを開くと、カレンダーに入れた予定も新しくなります。" in text_of(
        mail
    )


def test_whoever_waits_is_told_of_no_files(run, mailed_place, officer, now):
    run.pools.update(capacity=1)
    request = request_by(TARO, email="taro@example.jp")
    waiting = apply_for_seat(run=run, request=request, by=None, at=now)
    assert waiting.state == "waiting"
    move(run, run.sessions.get(), officer, now + HOUR)

    told = waiting.notifications.get(kind="session_moved")
    assert "変更前: 12月5日（土）12:00" in told.body
    assert "添付" not in told.body


def test_organizer_is_the_sender_and_attendee_nobody_but_the_reader(
    run, mailed_place, officer, now
):
    apply_for_seat(run=run, request=request_by(TARO), by=None, at=now)
    deliver_due(at=now)
    move(run, run.sessions.get(), officer, now + HOUR)

    mails = leave(now + HOUR)
    for mail in mails:
        event = parts_of(mail)[2].event
        assert str(event["ORGANIZER"]) == f"mailto:{FROM}"
        assert str(event["ATTENDEE"]) == f"mailto:{mail['To']}"
        assert event["ATTENDEE"].params == {"PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
    assert len({mail["To"] for mail in mails}) == 2


def test_the_text_is_what_it_was_and_the_html_says_the_same(
    run, mailed_place, officer, now
):
    reason = "<script>台風</script> & 大雨"
    cancel_session_and_tell(session=run.sessions.get(), reason=reason, by=officer, at=now)

    (mail,) = leave(now)
    told = mailed_place.notifications.exclude(kind="accepted").get()
    html = parts_of(mail)[1].body.decode()
    assert text_of(mail) == told.body
    assert f"理由: {reason}" in told.body
    assert html.startswith('<!doctype html><html lang="ja">')
    assert "理由: &lt;script&gt;台風&lt;/script&gt; &amp; 大雨" in html


def test_a_cancelled_session_is_cancelled_in_the_calendar(
    run, mailed_place, officer, hanako, now
):
    cancel_session_and_tell(
        session=run.sessions.get(), reason="台風のため", by=officer, at=now
    )

    (mail,) = leave(now)
    shown = parts_of(mail)[2]
    event = shown.event
    assert shape_of(mail) == INVITATION
    assert (shown.method, str(shown.calendar["METHOD"])) == ("CANCEL", "CANCEL")
    assert (str(event["STATUS"]), str(event["SUMMARY"])) == (
        "CANCELLED",
        "【中止】防災入門",
    )
    assert "台風のため" in str(event["DESCRIPTION"])
    assert [revision(event)] == in_the_feed(hanako, now)


def test_several_changes_in_one_mail_bring_one_file_each(
    run, second_session, mailed_place, officer, hanako, now
):
    cancel_session_and_tell(session=second_session, reason="台風", by=officer, at=now)
    move(run, run.sessions.get(number=1), officer, now + timedelta(minutes=2))
    later = now + 4 * WEEK
    add = replace(plan_of(second_session), starts_at=later, ends_at=later + HOUR)
    make_up_for(session=second_session, plan=add, by=officer, at=now + timedelta(minutes=3))

    (mail,) = leave(now)
    files = files_of(mail)
    assert shape_of(mail) == [*INVITATION, *INVITATION[-1:] * 2]
    assert [str(file.calendar["METHOD"]) for file in files] == [
        "REQUEST",
        "CANCEL",
        "REQUEST",
    ]
    assert [file.event["DTSTART"].dt.day for file in files] == [6, 12, 19]
    assert len({file.part.get_filename() for file in files}) == 3
    mailed = sorted(revision(file.event) for file in files)
    assert mailed == in_the_feed(hanako, now + timedelta(minutes=3))


def test_a_session_changed_again_before_the_mailleaves_is_sent_as_it_is_now(
    run, mailed_place, officer, hanako, now
):
    session = run.sessions.get()
    move(run, session, officer, now)
    # A change that is told to nobody, as it is neither date nor mailed_place.
    fresh = run.sessions.get()
    titled = replace(plan_of(fresh), title="はじめに")
    edit_session(session=fresh, plan=titled, by=officer, at=now + HOUR)

    (mail,) = leave(now + HOUR)
    event = parts_of(mail)[2].event
    assert "はじめに" in str(event["DESCRIPTION"])
    assert [revision(event)] == in_the_feed(hanako, now + HOUR)


def test_revisions_never_go_back_from_mail_to_mail(run, mailed_place, officer, now):
    session = run.sessions.get()
    for hour in range(1, 4):
        move(run, run.sessions.get(), officer, now + hour * HOUR)
        leave(now + hour * HOUR)
    cancel_session_and_tell(session=session, reason="台風", by=officer, at=now + 5 * HOUR)
    leave(now + 5 * HOUR)

    revisions = [revision(files_of(mail)[0].event)[1] for mail in received()]
    assert len(revisions) == 5
    assert revisions == sorted(set(revisions))


def test_a_cancelled_run_cancels_each_session(
    run, second_session, mailed_place, officer, hanako, now
):
    cancel_run_and_tell(run=run, reason="講師の急病のため", by=officer, at=now)

    (mail,) = leave(now)
    files = files_of(mail)
    assert [str(file.calendar["METHOD"]) for file in files] == ["CANCEL", "CANCEL"]
    assert [str(file.event["SUMMARY"]) for file in files] == [
        "【中止】防災入門 第1回（全2回）",
        "【中止】防災入門 第2回（全2回）",
    ]
    mailed = sorted(revision(file.event) for file in files)
    assert mailed == in_the_feed(hanako, now)


def test_a_postponed_run_asks_for_nothing_fixed(run, mailed_place, officer, hanako, now):
    postpone_run_and_tell(run=run, reason="大雨のため", by=officer, at=now)

    (mail,) = leave(now)
    event = parts_of(mail)[2].event
    assert shape_of(mail) == INVITATION
    assert (str(event["STATUS"]), str(event["TRANSP"])) == ("TENTATIVE", "TRANSPARENT")
    assert str(event["SUMMARY"]) == "【延期】防災入門"
    assert [revision(event)] == in_the_feed(hanako, now)


def test_news_of_the_run_holds_what_it_replaced(
    run, second_session, mailed_place, officer, now
):
    cancel_session_and_tell(session=second_session, reason="台風", by=officer, at=now)
    postpone_run_and_tell(run=run, reason="大雨", by=officer, at=now + timedelta(minutes=1))

    (mail,) = leave(now)
    methods = [str(file.calendar["METHOD"]) for file in files_of(mail)]
    assert methods == ["REQUEST", "CANCEL"]


def test_very_many_changes_come_in_one_file(run, mailed_place, officer, now):
    for number in range(2, MOST_FILES + 2):
        SessionFactory(run=run, number=number, starts_at=now + number * WEEK)
    cancel_run_and_tell(run=run, reason="講師の急病のため", by=officer, at=now)

    (mail,) = leave(now)
    (file,) = files_of(mail)
    events = file.calendar.events
    assert file.method == "PUBLISH"
    assert [str(event["STATUS"]) for event in events] == ["CANCELLED"] * (MOST_FILES + 1)
