"""One mail a month, to those who ordered it, with reasons and a way out."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from courses.models import CourseRun
from enrollments.domain.delivery import deliver_due
from enrollments.domain.message_queries import messages_of
from enrollments.domain.recommending.choosing import Chosen, choose_interests
from enrollments.domain.recommending.monthly import (
    MOST,
    forget_sent,
    letter_of,
    send_monthly,
)
from enrollments.domain.recommending.ranking import (
    Candidate,
    Reason,
    Recommendation,
    Span,
)
from enrollments.domain.recommending.rules import Rule
from enrollments.models import Interests, Notification
from tests.enrollments.recommending.test_person import offered
from tests.factories import ThemeFactory, UserFactory


@pytest.fixture
def theme(db):
    return ThemeFactory(name="防災", name_en="Disaster")


def order(user, theme, now, language="ja"):
    EmailAddress.objects.get_or_create(user=user, email=user.email, verified=True)
    chosen = Chosen(themes=(theme.pk,), wants_monthly=True)
    return choose_interests(user=user, chosen=chosen, language=language, at=now)


@pytest.fixture
def first(now):
    """Nine o'clock on the first day of December."""
    return now.replace(month=12, day=1, hour=9)


@pytest.fixture
def ordered(hanako, theme, now, first):
    run = offered("避難所の運営", themes=[theme])
    CourseRun.objects.update(applications_close_at=first + timedelta(days=3))
    order(hanako, theme, now)
    return run


def test_it_comes_once_in_the_month_after_it_was_ordered(ordered, now, first):
    assert send_monthly(at=now, limit=20) == 0
    assert send_monthly(at=first - timedelta(minutes=1), limit=20) == 0
    assert send_monthly(at=first, limit=20) == 1
    assert send_monthly(at=first + timedelta(days=2), limit=20) == 0
    assert Notification.objects.count() == 1


def test_it_says_what_why_and_how_to_end_it(ordered, first):
    send_monthly(at=first, limit=20)
    message = Notification.objects.get()
    assert message.subject == "12月のおすすめの講座"
    for line in (
        "避難所の運営",
        "- 関心のあるテーマ「防災」です",
        "- いま募集中です",
        "- 申込みの締切まで2週間以内です",
    ):
        assert line in message.body.splitlines()
    assert message.stop_url in message.body
    assert message.recipient == "hanako@example.jp"


def test_one_post_ends_it_without_signing_in(ordered, first):
    send_monthly(at=first, limit=20)
    deliver_due(at=first)
    headers = mail.outbox[-1].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = re.fullmatch(r"<https?://[^/]+(/.*)>", headers["List-Unsubscribe"])[1]
    strict = Client(enforce_csrf_checks=True)
    assert "毎月のおすすめをやめますか" in strict.get(path).content.decode()
    assert Interests.objects.get().wants_monthly
    answer = strict.post(path, {"List-Unsubscribe": "One-Click"})
    assert "毎月のおすすめをやめました" in answer.content.decode()
    assert not Interests.objects.get().wants_monthly
    assert send_monthly(at=first + timedelta(days=31), limit=20) == 0


def test_a_forged_link_ends_nothing(ordered, client):
    answer = client.post("/recommendations/stop/00000000000000000000000000000000.x/")
    assert "毎月のおすすめをやめました" in answer.content.decode()
    assert Interests.objects.get().wants_monthly


def test_a_month_without_anything_sends_nothing(hanako, theme, now, first):
    order(hanako, theme, now)
    assert send_monthly(at=first, limit=20) == 1
    assert not Notification.objects.exists()
    assert Interests.objects.get().told_month == first.date()


def test_an_address_that_is_no_longer_confirmed_gets_none(ordered, first):
    EmailAddress.objects.all().delete()
    send_monthly(at=first, limit=20)
    assert not Notification.objects.exists()


def test_a_closed_account_gets_none(ordered, hanako, first):
    hanako.is_active = False
    hanako.save()
    assert send_monthly(at=first, limit=20) == 0


def test_it_is_written_in_the_language_in_which_it_was_ordered(ordered, theme, now, first):
    order(UserFactory(email="ann@example.jp"), theme, now, language="en")
    assert send_monthly(at=first, limit=20) == 2
    english = Notification.objects.get(recipient="ann@example.jp")
    assert "/en/recommendations/stop/" in english.stop_url
    assert "/en/courses/" in english.body


def test_a_limit_leaves_the_others_for_later(ordered, theme, now, first):
    order(UserFactory(), theme, now)
    assert [send_monthly(at=first, limit=1) for _time in range(3)] == [1, 1, 0]


def test_staff_never_read_it(ordered, first):
    send_monthly(at=first, limit=20)
    admin = UserFactory(is_staff=True, is_superuser=True)
    assert list(messages_of(admin)) == []


def test_it_is_forgotten_a_week_after_it_was_sent(ordered, first):
    send_monthly(at=first, limit=20)
    deliver_due(at=first)
    assert forget_sent(at=first + timedelta(days=6)) == 0
    assert forget_sent(at=first + timedelta(days=7)) == 1
    assert send_monthly(at=first + timedelta(days=8), limit=20) == 0


def test_parts_of_a_letter_share_nothing(now):
    def one(number, *, opens=None, rules=(Rule.THEME,)):
        candidate = Candidate(
            run=number,
            course=number,
            code=str(number),
            status="open",
            sessions=(Span(now, now),),
            opens_at=opens,
        )
        return Recommendation(candidate, tuple(Reason(rule) for rule in rules))

    since, yesterday = now - timedelta(days=30), now - timedelta(days=1)
    soon = (Rule.THEME, Rule.CLOSING)
    best = [one(number, opens=yesterday, rules=soon) for number in range(MOST)]
    opened = one(10, opens=yesterday, rules=soon)
    closing = one(11, opens=since, rules=soon)
    other = one(12)
    letter = letter_of([*best, other, closing, opened], since=since, at=now)
    assert (letter.best, letter.opened, letter.closing) == (best, [opened], [closing])
