"""Several workers, one new offering: everybody who asked is told once."""

from collections import Counter
from functools import partial
from itertools import count
from threading import Barrier

import pytest

from courses.models import CourseRun
from enrollments.domain import held_again_messages, held_again_news
from enrollments.domain.held_again import ask_to_be_told
from enrollments.domain.held_again_news import tell_of_new_runs
from enrollments.domain.outbox import write_message
from enrollments.enums import MessageKind
from enrollments.models import HeldAgainWish, Notification
from tests.concurrency.together import together
from tests.factories import CourseFactory, CourseRunFactory, SessionFactory

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
PEOPLE = 10


@pytest.fixture
def news(transactional_db, now):
    course = CourseFactory()
    for number in range(PEOPLE):
        HeldAgainWish.objects.create(
            course=course, email=f"p{number}@example.jp", confirmed_at=now
        )
    SessionFactory(run=CourseRunFactory(course=course))


def told() -> Counter[str]:
    messages = Notification.objects.filter(kind=MessageKind.HELD_AGAIN)
    return Counter(messages.values_list("recipient", flat=True))


def test_workers_at_once_tell_each_person_once(news, now):
    answers = together([partial(tell_of_new_runs, at=now, limit=20)] * 4)

    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert told() == {f"p{number}@example.jp": 1 for number in range(PEOPLE)}
    assert tell_of_new_runs(at=now, limit=20) == 0


def test_control_without_lock_and_occasion_people_are_told_twice(news, now, monkeypatch):
    """Each worker has read what is due before any of them writes."""
    have_read, number = Barrier(4), count()
    monkeypatch.setattr(
        held_again_messages,
        "write_message",
        lambda **words: write_message(**{**words, "occasion": f"any:{next(number)}"}),
    )

    def tell_whoever_is_due():
        pairs = list(held_again_news._due(None, now))
        have_read.wait(20)
        for wish, run in pairs:
            held_again_news._tell(
                HeldAgainWish.objects.get(pk=wish),
                CourseRun.objects.get(pk=run),
                False,
                now,
            )

    together([tell_whoever_is_due] * 4)

    assert max(told().values()) > 1


def test_asking_twice_at_once_is_one_wish_and_one_mail(transactional_db, now):
    course = CourseFactory()
    ask = partial(
        ask_to_be_told, course=course, email="a@example.jp", language="ja", at=now
    )

    answers = together([ask] * 4)

    assert answers == [None] * 4
    assert HeldAgainWish.objects.count() == 1
    assert Notification.objects.count() == 1
