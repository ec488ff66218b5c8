"""Answers, the line, refunds, exchanged people and drafts: one forbidden and one allowed
act for each guard."""

import pytest
from django.db import IntegrityError, transaction

from courses.models import RunQuestion
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.changing_people import exchange_participant
from enrollments.domain.drafts import draft_key, keep_draft
from enrollments.models import (
    Answer,
    Application,
    ApplicationDraft,
    LineRecord,
    ParticipantChange,
    PersonKey,
    Refund,
)
from tests.enrollments.requests import HANAKO, KEIKO, request_by
from tests.factories import CourseRunFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(run, now) -> Application:
    return apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)


def _refused(name: str, act) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        act()


def _question(run) -> RunQuestion:
    return RunQuestion.objects.create(run=run, kind="text", label="はじめてですか")


def test_answer_is_to_a_question_of_its_run(run, application):
    Answer.objects.create(application=application, question=_question(run), value="はい")

    elsewhere = _question(CourseRunFactory())
    _refused(
        "answer_is_to_a_question_of_its_run",
        lambda: Answer.objects.create(application=application, question=elsewhere),
    )


def test_answer_may_be_put_right_but_not_moved(run, application):
    Answer.objects.create(application=application, question=_question(run), value="はい")
    assert Answer.objects.update(value="いいえ") == 1

    other = _question(run)
    _refused(
        "answer_stays_with_its_question", lambda: Answer.objects.update(question=other)
    )


@pytest.fixture
def record(application, officer, now) -> LineRecord:
    return LineRecord.objects.create(
        application=application,
        act="moved",
        before=3,
        after=1,
        why="受付の誤り",
        at=now,
        by=officer,
    )


def test_line_record_is_kept(record):
    _refused("line_record_is_kept", record.delete)
    assert LineRecord.objects.count() == 1


def test_line_record_is_not_rewritten_but_may_forget_who(record):
    assert LineRecord.objects.update(by=None) == 1

    _refused("line_record_is_not_rewritten", lambda: LineRecord.objects.update(after=2))


@pytest.fixture
def refund(application, now) -> Refund:
    return Refund.objects.create(
        application=application, amount=500, why="中止のため", noted_at=now
    )


def test_refund_may_be_put_right_until_it_is_paid(refund, officer, now):
    assert Refund.objects.update(amount=300) == 1
    assert Refund.objects.update(settled_at=now, settled_by=officer) == 1

    _refused("refund_paid_stays_as_it_is", lambda: Refund.objects.update(amount=1))
    _refused("refund_paid_stays_as_it_is", lambda: Refund.objects.update(settled_at=None))


def test_refund_is_kept(refund):
    _refused("refund_is_kept", refund.delete)
    assert Refund.objects.count() == 1


@pytest.mark.parametrize("name", ["family_name", "given_name_kana"])
def test_former_name_is_not_rewritten_but_may_forget_who(application, officer, now, name):
    exchange_participant(
        participant=application.participants.get(), person=KEIKO, by=officer, at=now
    )
    assert ParticipantChange.objects.update(by=None) == 1

    _refused(
        "participant_change_is_not_rewritten",
        lambda: ParticipantChange.objects.update(**{name: "x"}),
    )


def test_key_of_a_person_is_replaced_and_not_rewritten(application):
    _refused("person_key_is_not_rewritten", lambda: PersonKey.objects.update(key="0" * 64))

    PersonKey.objects.all().delete()
    PersonKey.objects.create(application=application, key="0" * 64)
    assert PersonKey.objects.get().application == application


@pytest.fixture
def draft(run, now) -> ApplicationDraft:
    keep_draft(token="t", about=run, fields={"message": ["前"]}, at=now)
    return ApplicationDraft.objects.get()


def test_draft_is_kept_anew_by_the_same_cookie_only(draft, run, now):
    keep_draft(token="t", about=run, fields={"message": ["後"]}, at=now)
    assert ApplicationDraft.objects.get().fields == {"message": ["後"]}

    _refused(
        "draft_stays_with_its_cookie",
        lambda: ApplicationDraft.objects.update(key=draft_key("other")),
    )


@pytest.mark.parametrize("key", ["secret", "A" * 64])
def test_draft_keeps_no_secret(draft, key):
    draft.pk, draft.key = None, key
    _refused("draft_keeps_no_secret", draft.save)


def test_draft_is_forgotten_in_time(draft):
    draft.pk, draft.key, draft.expires_at = None, draft_key("other"), draft.saved_at
    _refused("draft_is_forgotten_in_time", draft.save)
