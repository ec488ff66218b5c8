"""Whoever is told together with thousands gets the words that would be written alone."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import prefetch_related_objects

from enrollments.domain import mail_blanks
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.mail_merge import MailMerge
from enrollments.domain.message_templates import OwnWordings
from enrollments.domain.messages import worded
from enrollments.domain.requests import PersonName, SeatRequest
from enrollments.enums import ApplicationState as State
from enrollments.enums import MessageKind as Kind
from enrollments.models import MessageTemplate
from tests.factories import CourseRunFactory, SeatPoolFactory, SessionFactory, UserFactory

pytestmark = pytest.mark.django_db
# What a move of many at once, or a whole run called off, tells.
KINDS = (
    Kind.RECEIVED,
    Kind.ACCEPTED,
    Kind.WAITING,
    Kind.LOST,
    Kind.CANCELLED,
    Kind.WITHDRAWN,
    Kind.RUN_CANCELLED,
    Kind.RUN_POSTPONED,
)
# Name, language, mail, number of people. Braces and blanks in a name mean nothing.
PEOPLE = (
    ("花子", "ja", "a@example.jp", 1),
    ("太郎", "ja", "b@example.jp", 1),
    ("{リンク}", "ja", "c@example.jp", 1),
    ("100%(name)s", "ja", "d@example.jp", 1),
    ("Ann", "en", "e@example.jp", 1),
    ("Ben", "en", "f@example.jp", 1),
    ("電話", "ja", "", 1),
    ("電話の二人", "ja", "", 2),
    ("二人", "ja", "g@example.jp", 2),
)
WORDS = (
    {"came_from": "awaiting_draw", "why": "抽選の順位 1番（4名まで）"},
    {"came_from": "awaiting_draw", "why": "抽選の順位 2番（4名まで）"},
    {"came_from": "awaiting_screening", "why": ""},
    {"came_from": "offered", "why": ""},
    {"why": "荒天\nのため"},
    {},
)


def _request(number: int) -> SeatRequest:
    given, language, email, people = PEOPLE[number]
    return SeatRequest(
        applicant=PersonName("山田", given, "ヤマダ", "ア" * (number + 1)),
        companions=tuple(
            PersonName("山田", "子", "ヤマダ", "コ" * n) for n in range(1, people)
        ),
        email=email,
        phone="" if email else f"0420-00-00{number:02}",
        language=language,
        submission_key=uuid4(),
    )


@pytest.fixture
def applications(now):
    run = CourseRunFactory(
        selection_mode="lottery", max_participants=2, fee=500, bring="筆記用具"
    )
    run.withdraw_until = now + timedelta(days=9)
    run.save()
    SeatPoolFactory(run=run, capacity=2)
    SessionFactory(run=run, number=1)
    for number in range(len(PEOPLE)):
        apply_for_seat(run=run, request=_request(number), by=None, at=now)
    # With an account one subscribes to other calendars.
    run.applications.filter(given_name="太郎").update(user=UserFactory())
    prefetch_related_objects([run], "sessions__venue", "sessions__room")
    found = list(run.applications.select_related("pool").order_by("tie"))
    for one in found:
        one.run = run
    return found


def _all_worded(applications, at, own) -> list[tuple[str, str]]:
    rows = (
        worded(kind=kind, occasion="x", application=one, at=at, own=own, **words)
        for kind in KINDS
        for words in WORDS
        for one in applications
    )
    return [(row.subject, row.body) for row in rows]


def _in_the_city_s_words() -> None:
    for kind in KINDS:
        MessageTemplate.objects.create(
            kind=kind,
            language="ja",
            subject="{講座名} {氏名} 様",
            body="{受付番号}\n{申込みの内容}\n{確認と取り消し}\n{問い合わせ}\n理由: {理由}",
            changed_at="2026-11-21T12:00+09:00",
        )


@pytest.mark.parametrize("own_words", [False, True])
def test_words_are_the_same_as_alone(applications, now, own_words):
    if own_words:
        _in_the_city_s_words()
    alone = _all_worded(applications, now, OwnWordings())
    assert _all_worded(applications, now, MailMerge()) == alone
    assert "\0" not in "".join(subject + body for subject, body in alone)


def test_most_are_not_worded_alone(applications, now, monkeypatch):
    """What would cost the time of ten thousand renderings is done once."""
    rendered = []
    standard = OwnWordings.wording
    monkeypatch.setattr(
        OwnWordings,
        "wording",
        lambda self, **words: rendered.append(words) or standard(self, **words),
    )
    own = MailMerge()
    for one in applications * 20:
        worded(kind=Kind.ACCEPTED, occasion="x", application=one, at=now, own=own)
    # Japanese and English by mail, with an account, by telephone, the two parties of two:
    # twice each.
    assert len(rendered) == 2 * 6


def test_wording_that_says_more_of_a_person_is_worded_alone(applications, now, monkeypatch):
    """Otherwise one would read the other's address."""

    def wording(_self, *, kind, language, context):
        return "件名", context["application"].email

    monkeypatch.setattr(OwnWordings, "wording", wording)
    own = MailMerge()
    told = [
        worded(kind=Kind.ACCEPTED, occasion="x", application=one, at=now, own=own).body
        for one in applications
    ]
    assert told == [one.email for one in applications]


def test_wording_that_hides_what_it_asks_is_worded_alone(applications, now, monkeypatch):
    """As `{% if a and application.phone %}` does, which swallows what is raised."""

    def wording(_self, *, kind, language, context):
        try:
            phone = context["application"].phone
        except mail_blanks.SaysMoreError:
            phone = ""
        return "件名", phone

    monkeypatch.setattr(OwnWordings, "wording", wording)
    own = MailMerge()
    told = [
        worded(kind=Kind.ACCEPTED, occasion="x", application=one, at=now, own=own).body
        for one in applications
    ]
    assert told == [one.phone for one in applications]


def test_state_and_kind_are_told_apart(applications, now):
    own = MailMerge()
    first = applications[0]
    before = worded(kind=Kind.RECEIVED, occasion="x", application=first, at=now, own=own)
    first.state = State.AWAITING_SCREENING
    after = worded(kind=Kind.RECEIVED, occasion="x", application=first, at=now, own=own)
    assert "抽選" in before.body
    assert "選考" in after.body
