"""The section sorts questions along one table; the database keeps to it."""

from itertools import product

import pytest
from django.db import IntegrityError, transaction

from accounts.domain.refusal import NotAllowed
from enrollments.domain.advance_questions import publishing
from enrollments.domain.advance_questions.asking import write_down
from enrollments.domain.advance_questions.moves import move_question
from enrollments.domain.advance_questions.publishing import (
    approve_question,
    keep_back,
    propose_question,
)
from enrollments.domain.advance_questions.reading import (
    counts,
    published_questions,
    sorted_questions,
    to_be_read_out,
)
from enrollments.domain.advance_questions.refusals import (
    NoPublicWords,
    NotTheSameCall,
    OnlyHeadPublishes,
    QuestionMoveNotAllowed,
)
from enrollments.domain.advance_questions.sorting import (
    merge_question,
    name_topic,
    sort_question,
)
from enrollments.domain.advance_questions.states import ALLOWED
from enrollments.enums import QuestionState as State
from enrollments.models import AdvanceQuestion, QuestionMove
from tests.factories import StaffProfileFactory

FORBIDDEN = [(here, to) for here, to in product(State, State) if to not in ALLOWED[here]]


@pytest.fixture
def taken_up(waste, officer, now):
    return sort_question(question=waste, to=State.TAKEN_UP, by=officer, at=now)


@pytest.fixture
def _heads_approve(monkeypatch):
    monkeypatch.setattr(publishing, "approval_needed", lambda: True)


@pytest.mark.parametrize(("here", "to"), FORBIDDEN)
def test_a_question_moves_along_the_table_only(waste, here, to, officer, now):
    waste.state = here
    with pytest.raises(QuestionMoveNotAllowed):
        move_question(question=waste, to=to, by=officer, at=now)


def test_no_state_without_its_trace(waste):
    with pytest.raises(IntegrityError), transaction.atomic():
        AdvanceQuestion.objects.update(state=State.TAKEN_UP)


def test_what_was_sent_is_not_rewritten(waste):
    with pytest.raises(IntegrityError), transaction.atomic():
        AdvanceQuestion.objects.update(text="ほかの言葉")


def test_the_same_ones_are_counted_together(call, waste, waste_too, officer, now):
    merge_question(question=waste_too, into=waste.pk, by=officer, at=now)

    (topic,) = sorted_questions(call)
    (line,) = topic.lines
    assert (line.question, line.asked, line.citizens, line.staff) == (waste, 2, 1, 1)


def test_merged_ones_go_along_when_their_head_is_merged(
    call, waste, waste_too, officer, now
):
    third = write_down(call=call, side="staff", text="分別の話", by=officer, at=now)
    merge_question(question=waste_too, into=waste.pk, by=officer, at=now)
    merge_question(question=waste, into=third.pk, by=officer, at=now)

    assert set(third.merged.all()) == {waste, waste_too}


def test_nothing_merges_into_itself_or_into_a_merged_one(waste, waste_too, officer, now):
    merge_question(question=waste_too, into=waste.pk, by=officer, at=now)
    for into in (waste.pk, waste_too.pk, 0):
        with pytest.raises(NotTheSameCall):
            merge_question(question=waste, into=into, by=officer, at=now)


def test_what_may_be_the_same_is_shown(call, waste, waste_too, officer, now):
    write_down(call=call, side="staff", text="駅前の広場について", by=officer, at=now)

    (topic,) = sorted_questions(call)
    assert [line.like for line in topic.lines] == [[waste_too], [waste], []]


def test_topics_stand_together_and_those_without_last(call, waste, officer, now):
    other = write_down(call=call, side="staff", text="公園の使い方", by=officer, at=now)
    name_topic(question=other, topic="公園", by=officer)

    found = [
        (one.name, [line.question for line in one.lines]) for one in sorted_questions(call)
    ]
    assert found == [("公園", [other]), ("", [waste])]
    assert counts(call) == {"citizens": 1, "staff": 1}


def test_a_side_may_be_read_alone(call, waste, waste_too):
    (topic,) = sorted_questions(call, side="staff")

    assert [line.question for line in topic.lines] == [waste_too]


def test_the_facilitator_reads_what_was_taken_up(call, taken_up, waste_too):
    (topic,) = to_be_read_out(call)

    assert [line.question for line in topic.lines] == [taken_up]


def test_reading_costs_the_same_for_one_and_three(
    call, waste, officer, now, django_assert_num_queries
):
    with django_assert_num_queries(1):
        sorted_questions(call)
    for text in ("二つ目の質問", "三つ目の質問"):
        write_down(call=call, side="staff", text=text, by=officer, at=now)
    with django_assert_num_queries(1):
        sorted_questions(call)


def test_it_goes_public_in_the_sections_words(run, taken_up, officer, now):
    propose_question(question=taken_up, words="ごみの分け方", by=officer, at=now)

    (shown,) = published_questions(run.course)
    assert shown.public_words == "ごみの分け方"
    keep_back(question=taken_up, by=officer, at=now)
    assert published_questions(run.course) == []


def test_no_words_no_publication(taken_up, waste_too, officer, now):
    with pytest.raises(NoPublicWords):
        propose_question(question=taken_up, words=" ", by=officer, at=now)
    with pytest.raises(QuestionMoveNotAllowed):
        propose_question(question=waste_too, words="ごみ", by=officer, at=now)


@pytest.mark.usefixtures("_heads_approve")
def test_where_the_city_wants_it_the_head_approves(run, taken_up, officer, now):
    head = StaffProfileFactory(department=run.course.department, role="head").user
    propose_question(question=taken_up, words="ごみの分け方", by=officer, at=now)
    assert published_questions(run.course) == []

    with pytest.raises(OnlyHeadPublishes):
        approve_question(question=taken_up, words="ごみの分け方", by=officer, at=now)
    with pytest.raises(QuestionMoveNotAllowed):
        approve_question(question=taken_up, words="ほかの言葉", by=head, at=now)
    approve_question(question=taken_up, words="ごみの分け方", by=head, at=now)
    assert len(published_questions(run.course)) == 1


def test_another_section_sorts_nothing(waste, waste_too, now):
    stranger = StaffProfileFactory().user
    for act in (
        lambda: sort_question(question=waste, to=State.TAKEN_UP, by=stranger, at=now),
        lambda: merge_question(question=waste, into=waste_too.pk, by=stranger, at=now),
        lambda: name_topic(question=waste, topic="話", by=stranger),
        lambda: propose_question(question=waste, words="話", by=stranger, at=now),
        lambda: keep_back(question=waste, by=stranger, at=now),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert not QuestionMove.objects.exists()
