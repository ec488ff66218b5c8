"""Who asks to be told that a course is held again is told, once, if they meant it."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from accounts.domain.refusal import NotAllowed
from courses.domain.publication import withdraw_course
from courses.models import Course, CourseRun
from enrollments.domain import held_again
from enrollments.domain.held_again import (
    CourseNotOffered,
    NoOwnAddress,
    ask_signed_in,
    ask_to_be_told,
    confirm,
    forget_unconfirmed,
    stop,
    stop_own,
    wishes_of,
)
from enrollments.domain.held_again_news import tell_of_new_runs
from enrollments.enums import MessageKind
from enrollments.models import HeldAgainWish, Notification
from tests.factories import (
    NOON,
    CourseFactory,
    CourseRunFactory,
    SessionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MAIL = "hanako@example.jp"


@pytest.fixture
def course() -> Course:
    return CourseFactory(title="防災入門", title_en="Disaster readiness")


def ask(course: Course, email: str = MAIL, *, language: str = "ja", at=NOON) -> None:
    ask_to_be_told(course=course, email=email, language=language, at=at)


def confirmed(course: Course, email: str = MAIL, **words) -> HeldAgainWish:
    ask(course, email, **words)
    wish = HeldAgainWish.objects.get(course=course, email=email)
    return confirm(wish=wish, at=NOON)


def new_run(course: Course, *, days: int = 30, **run) -> CourseRun:
    made = CourseRunFactory(course=course, **run)
    SessionFactory(run=made, number=1, starts_at=NOON + days * DAY)
    return made


def tell(*, at=NOON, limit: int = 20) -> int:
    return tell_of_new_runs(at=at, limit=limit)


def news() -> list[str]:
    told = Notification.objects.filter(kind=MessageKind.HELD_AGAIN)
    return list(told.order_by("pk").values_list("recipient", flat=True))


def subjects() -> list[str]:
    return list(Notification.objects.order_by("pk").values_list("subject", flat=True))


def test_asking_sends_the_link_and_waits(course):
    ask(course, " Hanako@Example.JP ")

    wish = HeldAgainWish.objects.get()
    assert (wish.email, wish.confirmed_at) == (MAIL, None)
    message = Notification.objects.get()
    assert message.subject == "確認のお願い：防災入門の開催のお知らせ"
    assert "/held-again/" in message.body
    assert MAIL not in message.body


def test_asking_again_the_same_day_sends_nothing_more(course):
    ask(course)
    ask(course, at=NOON + timedelta(hours=1))
    assert Notification.objects.count() == 1

    ask(course, at=NOON + DAY)
    assert Notification.objects.count() == 2
    assert HeldAgainWish.objects.count() == 1


def test_address_that_is_known_gets_a_mail_that_says_so(course):
    confirmed(course)

    ask(course, at=NOON + DAY)

    assert subjects()[-1] == "開催をお知らせします：防災入門"


def test_one_address_has_few_open_questions(monkeypatch):
    monkeypatch.setattr(held_again, "MOST_UNCONFIRMED", 2)
    for _number in range(3):
        ask(CourseFactory())

    assert HeldAgainWish.objects.count() == 2
    assert Notification.objects.count() == 2


def test_course_that_is_not_public_cannot_be_asked_for(course):
    withdraw_course(course=course, at=NOON)
    course.refresh_from_db()

    with pytest.raises(CourseNotOffered):
        ask(course)

    assert HeldAgainWish.objects.count() == 0


def test_new_run_is_told_once(course):
    wish = confirmed(course)
    run = new_run(course)

    assert (tell(), tell()) == (1, 0)

    assert news() == [MAIL]
    wish.refresh_from_db()
    assert (wish.told_run, wish.told_at) == (run, NOON)


def test_every_new_run_is_told(course):
    confirmed(course)
    new_run(course)
    new_run(course)

    assert (tell(), tell()) == (2, 0)
    assert news() == [MAIL, MAIL]


def test_unconfirmed_wish_is_not_told(course):
    ask(course)
    new_run(course)

    assert tell() == 0


def test_wish_for_another_course_is_not_told(course):
    confirmed(CourseFactory())
    new_run(course)

    assert tell() == 0


@pytest.mark.parametrize(
    "run",
    [
        {"state": "planned"},
        {"state": "cancelled"},
        {"state": "postponed"},
        {"days": -3},
        {"applications_close_at": NOON},
    ],
)
def test_run_that_nobody_can_come_to_is_not_told(course, run):
    confirmed(course)
    new_run(course, **run)

    assert tell() == 0


def test_run_without_a_date_is_told_when_it_has_one(course):
    confirmed(course)
    run = CourseRunFactory(course=course)
    assert tell() == 0

    SessionFactory(run=run)

    assert tell() == 1


def test_run_of_which_every_session_is_called_off_is_not_told(course):
    confirmed(course)
    SessionFactory(run=CourseRunFactory(course=course), state="cancelled")

    assert tell() == 0


def test_run_of_a_course_taken_down_is_not_told(course):
    confirmed(course)
    new_run(course)
    withdraw_course(course=course, at=NOON)

    assert tell() == 0


def test_run_that_is_announced_twice_is_told_once(course):
    confirmed(course)
    run = new_run(course)
    tell()

    for state in ("postponed", "announced"):
        CourseRun.objects.filter(pk=run.pk).update(state=state)
        assert tell() == 0

    assert news() == [MAIL]


def test_run_on_the_page_when_they_asked_is_no_news(course):
    new_run(course)
    confirmed(course)

    assert tell() == 0


def test_run_drafted_before_and_announced_after_the_wish_is_told(course):
    run = new_run(course, state="planned", applications_open_at=None)
    confirmed(course)

    CourseRun.objects.filter(pk=run.pk).update(state="announced")

    assert tell() == 1


def test_postponed_run_is_told_when_it_has_a_new_date(course):
    run = new_run(course, state="postponed")
    confirmed(course)

    CourseRun.objects.filter(pk=run.pk).update(state="announced")

    assert tell() == 1


def test_run_not_yet_open_is_told_when_applications_open(course):
    run = new_run(course, applications_open_at=NOON + DAY)
    confirmed(course)
    assert tell(at=NOON + DAY - timedelta(seconds=1)) == 0

    assert (tell(at=NOON + DAY), tell(at=NOON + 2 * DAY)) == (1, 0)

    assert run.applications_close_at > NOON + 2 * DAY
    assert subjects()[-1] == "申込みの受付が始まりました：防災入門"


def test_new_run_says_when_applications_open_and_is_not_told_again(course):
    confirmed(course)
    new_run(course, applications_open_at=NOON + DAY)

    assert (tell(), tell(at=NOON + 2 * DAY)) == (1, 0)

    body = Notification.objects.get(kind=MessageKind.HELD_AGAIN).body
    assert "申込み: 11月22日（日）12:00から受け付けます。" in body


def test_news_say_what_when_where_and_how_to_stop(course, settings):
    settings.PUBLIC_URL = "https://manabi.example.jp"
    confirmed(course)
    new_run(course)
    tell()

    message = Notification.objects.get(kind=MessageKind.HELD_AGAIN)

    assert message.subject == "開催が決まりました：防災入門"
    assert "第1回: 12月21日（月）12:00〜14:00" in message.body
    assert "申込締切: 12月1日（火）12:00" in message.body
    assert f"https://manabi.example.jp/courses/{course.slug}/" in message.body
    assert message.stop_url in message.body
    assert message.stop_url.startswith("https://manabi.example.jp/held-again/")
    assert message.stop_url.endswith("/stop/")


def test_news_come_in_the_language_of_the_wish(course):
    confirmed(course, language="en")
    new_run(course)
    tell()

    message = Notification.objects.get(kind=MessageKind.HELD_AGAIN)

    assert "Disaster readiness" in message.subject
    assert f"/en/courses/{course.slug}/" in message.body


def test_whoever_stopped_is_not_told(course):
    stop(wish=confirmed(course))
    new_run(course)

    assert (tell(), HeldAgainWish.objects.count()) == (0, 0)


def test_many_are_told_in_batches(course):
    for number in range(5):
        confirmed(course, f"p{number}@example.jp")
    new_run(course)

    assert [tell(limit=2) for _round in range(4)] == [2, 2, 1, 0]
    assert sorted(news()) == [f"p{number}@example.jp" for number in range(5)]


def test_unconfirmed_wishes_are_forgotten_after_a_week(course):
    ask(course)
    kept = confirmed(course, "taro@example.jp")

    assert forget_unconfirmed(at=NOON + 7 * DAY - timedelta(seconds=1)) == 0
    assert forget_unconfirmed(at=NOON + 7 * DAY) == 1
    assert list(HeldAgainWish.objects.all()) == [kept]


def test_forgotten_wish_takes_what_it_knew_with_it(course):
    new_run(course)
    ask(course)

    assert forget_unconfirmed(at=NOON + 7 * DAY) == 1


@pytest.fixture
def hanako():
    user = UserFactory(email=MAIL)
    EmailAddress.objects.create(user=user, email=MAIL, verified=True, primary=True)
    return user


def test_own_address_needs_no_mail(course, hanako):
    wish = ask_signed_in(course=course, user=hanako, language="ja", at=NOON)

    assert (wish.email, wish.confirmed_at) == (MAIL, NOON)
    assert Notification.objects.count() == 0
    assert list(wishes_of(hanako)) == [wish]


def test_signing_in_confirms_an_open_wish(course, hanako):
    ask(course)

    ask_signed_in(course=course, user=hanako, language="ja", at=NOON)

    assert HeldAgainWish.objects.get().confirmed_at == NOON


def test_address_that_is_not_confirmed_is_not_own(course):
    user = UserFactory(email=MAIL)
    EmailAddress.objects.create(user=user, email=MAIL, verified=False)

    with pytest.raises(NoOwnAddress):
        ask_signed_in(course=course, user=user, language="ja", at=NOON)


def test_own_wish_can_be_ended(course, hanako):
    stop_own(wish=confirmed(course), by=hanako)

    assert HeldAgainWish.objects.count() == 0


def test_wish_of_somebody_else_cannot_be_ended(course, hanako):
    wish = confirmed(course, "taro@example.jp")

    with pytest.raises(NotAllowed):
        stop_own(wish=wish, by=hanako)

    assert HeldAgainWish.objects.count() == 1


@pytest.mark.parametrize("wishes", [1, 3])
def test_looking_for_news_takes_the_same_queries_when_nothing_is_new(
    course, wishes, django_assert_num_queries
):
    for number in range(wishes):
        confirmed(course, f"p{number}@example.jp")
    new_run(course)
    tell()

    with django_assert_num_queries(3):  # one, and the transaction around it
        tell()
