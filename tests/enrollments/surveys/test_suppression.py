"""Whoever knows the rule, too, can compute no number under five from what is shown."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrollments.domain.surveys.questions import Question
from enrollments.domain.surveys.results import Sheet, tally
from enrollments.domain.surveys.suppression import FEWEST, for_others, hidden_cells
from enrollments.enums import AnswerKind, SheetOrigin, SurveyAudience

CITIZENS, STAFF = SurveyAudience.CITIZENS, SurveyAudience.STAFF
SIDES = (CITIZENS, STAFF)
ONE = Question("one", AnswerKind.ONE, "一つ", options=("A", "B", "C"))
SEVERAL = Question("one", AnswerKind.SEVERAL, "いくつでも", options=("A", "B", "C"))
SCALE = Question("one", AnswerKind.SCALE, "段階")


def sheet(answer, side=CITIZENS):
    answers = {} if answer is None else {"one": answer}
    return Sheet(side, SheetOrigin.MAIL, answers)


def shown_of(question, answers, sides=()):
    sheets = [
        sheet(answer, side) for (answer, side), n in answers.items() for _ in range(n)
    ]
    return for_others(tally([question], sheets, sides=sides))


def view(result):
    """All that somebody outside sees, as one value."""
    columns = tuple(
        (one.side, one.answered, one.silent, one.counts, one.average)
        for question in result.questions
        for one in question.columns
    )
    return (result.is_withheld, result.number, result.sides, columns)


@pytest.mark.parametrize("number", [5, 8, 9, 10, 12, 15])
def test_no_small_cell_follows_from_what_is_shown(number):
    """Every table of a question with three options and "no answer": seen alike, each
    cell under five may be at least two different numbers."""
    seen = defaultdict(list)
    for a, b, c in product(range(number + 1), repeat=3):
        if a + b + c <= number:
            cells = {0: a, 1: b, 2: c, None: number - a - b - c}
            answers = {(one, CITIZENS): n for one, n in cells.items()}
            seen[view(shown_of(ONE, answers))].append(tuple(cells.values()))
    for tables in seen.values():
        for place in range(4):
            possible = {table[place] for table in tables}
            assert min(possible) >= FEWEST or len(possible) > 1, tables[0]


@pytest.mark.parametrize(("citizens", "staff"), [(5, 5), (6, 5), (10, 6), (11, 10)])
def test_no_small_cell_of_a_side_follows_from_the_total(citizens, staff):
    question = Question("one", AnswerKind.ONE, "", options=("A", "B"), required=True)
    seen = defaultdict(list)
    for a, b in product(range(citizens + 1), range(staff + 1)):
        answers = {
            (0, CITIZENS): a,
            (1, CITIZENS): citizens - a,
            (0, STAFF): b,
            (1, STAFF): staff - b,
        }
        seen[view(shown_of(question, answers, SIDES))].append(tuple(answers.values()))
    for tables in seen.values():
        for place in range(4):
            possible = {table[place] for table in tables}
            assert min(possible) >= FEWEST or len(possible) > 1, tables[0]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=2, max_size=7))
def test_what_is_hidden_is_not_fixed_by_its_sum(cells):
    hidden = hidden_cells(cells)
    shown = set(range(len(cells))) - hidden
    total = sum(cells[place] for place in hidden)

    assert all(cells[place] >= FEWEST for place in shown)
    assert not hidden or hidden == set(range(len(cells))) or (len(hidden) > 1 and total > 0)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([(), (0,), (1,), (0, 1), (0, 1, 2)]), max_size=30))
def test_options_are_shown_where_choosing_and_not_choosing_are_many(chosen):
    sheets = [sheet(list(one) or None) for one in chosen]
    result = for_others(tally([SEVERAL], sheets))
    answered = sum(bool(one) for one in chosen)

    for question in result.questions:
        for place, count in enumerate(question.columns[0].counts):
            real = sum(place in one for one in chosen)
            assert count in (None, real)
            assert count is None or (real >= FEWEST and answered - real >= FEWEST)


def test_an_average_stands_beside_complete_numbers_only():
    whole = {(step, CITIZENS): 5 for step in (1, 2, 3, 4, 5)} | {(None, CITIZENS): 5}
    thin = {(5, CITIZENS): 20, (1, CITIZENS): 1}

    assert str(shown_of(SCALE, whole).questions[0].columns[0].average) == "3.0"
    assert shown_of(SCALE, thin).questions[0].columns[0].average is None


def test_fewer_than_five_answers_are_withheld():
    result = shown_of(ONE, {(0, CITIZENS): 4})

    assert (result.is_withheld, result.number, result.questions) == (True, None, ())


def test_large_numbers_are_shown_with_both_sides():
    answers = {(place, side): 6 for place in (0, 1, 2, None) for side in SIDES}
    columns = shown_of(ONE, answers, SIDES).questions[0].columns

    assert [one.counts for one in columns] == [(12, 12, 12), (6, 6, 6), (6, 6, 6)]
    assert shown_of(ONE, answers, SIDES).sides == ((CITIZENS, 24), (STAFF, 24))


def test_texts_stay_in_the_section():
    question = Question("one", AnswerKind.TEXT, "感想")
    answers = {("よかった", CITIZENS): 9}

    assert shown_of(question, answers).questions[0].texts == ()
