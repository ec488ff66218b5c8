"""Questions are taken until the stated time, each once, and can be taken back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.domain.refusal import NotAllowed
from enrollments.domain.advance_questions.asking import (
    ask_beforehand,
    own_questions,
    take_back,
    write_down,
)
from enrollments.domain.advance_questions.calling import (
    collect_questions,
    open_call,
    stop_collecting,
)
from enrollments.domain.advance_questions.refusals import (
    ClosesTooLate,
    EnoughAsked,
    NotCollected,
    NothingAsked,
    OnlyParticipants,
    QuestionMoveNotAllowed,
    TooLong,
)
from enrollments.domain.advance_questions.sorting import merge_question, sort_question
from enrollments.domain.leaving import withdraw
from enrollments.enums import QuestionState as State
from enrollments.models import AdvanceQuestion, QuestionMove
from tests.enrollments.advance_questions.conftest import WEEK
from tests.factories import StaffProfileFactory


def test_a_question_says_its_side_and_not_its_sender(waste, waste_too):
    assert (waste.side, waste_too.side) == ("citizens", "staff")
    assert waste.state == State.RECEIVED


def test_the_same_words_again_are_the_first_question(citizen, waste, now):
    again = ask_beforehand(
        application=citizen, text=" ごみの分け方は変わりますか　", at=now
    )

    assert again == waste
    assert AdvanceQuestion.objects.count() == 1


def test_five_each_then_one_is_taken_back_first(citizen, now):
    sent = [
        ask_beforehand(application=citizen, text=f"質問その{number}", at=now)
        for number in range(5)
    ]
    with pytest.raises(EnoughAsked):
        ask_beforehand(application=citizen, text="質問その6", at=now)

    take_back(question=sent[0], by=None, at=now)
    ask_beforehand(application=citizen, text="質問その6", at=now)
    assert [one.text for one in own_questions(citizen)][-1] == "質問その6"


@pytest.mark.parametrize(
    ("text", "refusal"), [(" 　\n", NothingAsked), ("あ" * 401, TooLong)]
)
def test_nothing_and_too_much_are_refused(citizen, now, text, refusal):
    with pytest.raises(refusal):
        ask_beforehand(application=citizen, text=text, at=now)

    assert not AdvanceQuestion.objects.exists()


def test_the_last_moment_counts_and_the_next_does_not(citizen, call, now):
    ask_beforehand(
        application=citizen, text="間に合いました", at=call.closes_at - timedelta(seconds=1)
    )
    with pytest.raises(NotCollected):
        ask_beforehand(application=citizen, text="間に合いません", at=call.closes_at)


def test_the_database_takes_no_late_question(citizen, call):
    with pytest.raises(IntegrityError), transaction.atomic():
        AdvanceQuestion.objects.create(
            call=call,
            application=citizen,
            side="citizens",
            text="おそい質問",
            sent_at=call.closes_at,
        )


def test_whoever_withdrew_asks_no_more(citizen, now):
    withdraw(application=citizen, by=None, at=now)

    with pytest.raises(OnlyParticipants):
        ask_beforehand(application=citizen, text="まだ聞けますか", at=now)


def test_a_question_taken_back_says_nothing_more(waste, now):
    take_back(question=waste, by=None, at=now)

    waste.refresh_from_db()
    assert (waste.state, waste.text) == (State.WITHDRAWN, "")
    assert QuestionMove.objects.get().to_state == State.WITHDRAWN


def test_nothing_is_taken_back_after_the_day(waste, call):
    with pytest.raises(NotCollected):
        take_back(question=waste, by=None, at=call.closes_at)


def test_what_was_the_same_as_one_taken_back_is_looked_at_anew(
    waste, waste_too, officer, now
):
    merge_question(question=waste_too, into=waste.pk, by=officer, at=now)
    take_back(question=waste, by=None, at=now)

    waste_too.refresh_from_db()
    assert (waste_too.state, waste_too.merged_into) == (State.RECEIVED, None)


def test_what_staff_wrote_down_is_nobodys_to_take_back(call, officer, now):
    told = write_down(call=call, side="citizens", text="電話の質問", by=officer, at=now)

    with pytest.raises(QuestionMoveNotAllowed):
        take_back(question=told, by=officer, at=now)
    assert told.application is None


def test_paper_comes_after_the_day_too(call, officer, now):
    later = now + WEEK * 1.5
    told = write_down(call=call, side="staff", text="箱の質問", by=officer, at=later)
    same = write_down(call=call, side="staff", text="箱の質問", by=officer, at=later)

    assert told == same


def test_only_the_section_collects(run, call, now):
    stranger = StaffProfileFactory().user
    for act in (
        lambda: collect_questions(
            run=run, closes_at=now + WEEK, prompt="", by=stranger, at=now
        ),
        lambda: stop_collecting(run=run, by=stranger, at=now),
        lambda: write_down(call=call, side="staff", text="質問", by=stranger, at=now),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_the_day_may_be_moved_and_what_was_sent_stays(run, waste, officer, now):
    moved = collect_questions(
        run=run, closes_at=now + WEEK * 1.5, prompt="", by=officer, at=now
    )

    assert open_call(run, at=now + WEEK) == moved
    assert moved.questions.get() == waste


@pytest.mark.parametrize("weeks", [0, 3])
def test_it_closes_in_the_future_and_before_the_end(run, call, officer, now, weeks):
    with pytest.raises(ClosesTooLate):
        collect_questions(
            run=run, closes_at=now + WEEK * weeks, prompt="", by=officer, at=now
        )


def test_stopped_is_closed_at_once(run, call, officer, now):
    stop_collecting(run=run, by=officer, at=now)

    assert open_call(run, at=now) is None


def test_set_aside_is_still_the_senders(citizen, waste, officer, now):
    sort_question(question=waste, to=State.SET_ASIDE, by=officer, at=now)

    assert own_questions(citizen) == [waste]
