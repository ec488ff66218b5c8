"""What answers say about a stage: a pure function, then versions that are kept."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learning_paths.domain.activities import begin_activity, end_activity, lanes_of
from learning_paths.domain.checks import (
    NothingAnswered,
    check_in_force,
    outcome_of,
    outcome_of_result,
    questions_of,
    record_check,
)
from learning_paths.domain.making_checks import (
    AnswerDraft,
    CheckIsPublished,
    CheckTooSmall,
    QuestionDraft,
    begin_version,
    publish_check,
    write_check,
)
from learning_paths.domain.refusals import NotAMember, NotAnOrganiser, NotOfTheGroup
from learning_paths.domain.self_check import Spoken, suggest
from learning_paths.domain.stages import current_stage, record_stage, stage_history
from tests.factories import GroupFactory, StageFactory

few = settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
STAGES = (1, 2, 3)
SPOKEN = st.lists(
    st.builds(
        Spoken,
        st.integers(1, 5),
        st.integers(1, 20),
        st.dictionaries(st.sampled_from(STAGES), st.integers(0, 9)),
    ),
    unique_by=lambda one: one.answer,
    max_size=8,
)


def test_the_stage_for_which_most_speaks_is_suggested_with_its_answers():
    found = suggest([Spoken(1, 11, {1: 2, 2: 1}), Spoken(2, 22, {1: 3})], STAGES)

    assert found.stage == 1
    assert [(one.stage, one.points, one.answers) for one in found.ranked] == [
        (1, 5, (22, 11)),
        (2, 1, (11,)),
    ]
    assert found.close == ()


def test_of_two_equal_stages_the_earlier_comes_first_and_the_other_is_close():
    found = suggest([Spoken(1, 11, {2: 3, 1: 3})], STAGES)

    assert found.stage == 1
    assert [one.stage for one in found.close] == [2]


def test_nothing_answered_suggests_nothing():
    assert suggest([], STAGES).stage is None


@few
@given(SPOKEN, st.randoms())
def test_order_of_answers_makes_no_difference(spoken, random):
    shuffled = list(spoken)
    random.shuffle(shuffled)
    assert suggest(spoken, STAGES) == suggest(shuffled, STAGES)


@few
@given(SPOKEN)
def test_one_more_answer_for_the_suggested_stage_keeps_it(spoken):
    before = suggest(spoken, STAGES)
    if before.stage is None:
        return
    more = suggest([*spoken, Spoken(99, 99, {before.stage: 1})], STAGES)
    assert more.stage == before.stage


@pytest.fixture
def seeds(db):
    return StageFactory(key="test-seeds", name="芽生え")


@pytest.fixture
def growth(db):
    return StageFactory(key="test-growth", name="育ち")


def _questions(seeds, growth, words="帳簿をつけている"):
    return [
        QuestionDraft(
            "お金は",
            "",
            [
                AnswerDraft("扱わない", "", {seeds.pk: 2}),
                AnswerDraft(words, "", {growth.pk: 3}),
            ],
        )
    ]


@pytest.fixture
def check(officer, seeds, growth, now):
    draft = begin_version(by=officer, at=now)
    write_check(
        check=draft,
        intro="近いものを",
        intro_en="",
        questions=_questions(seeds, growth),
        by=officer,
    )
    return publish_check(check=draft, by=officer, at=now)


def _answer(check, position):
    return questions_of(check)[0].answers.all()[position].pk


def test_published_version_stays_and_an_old_result_explains_itself(
    check, officer, group, leader, keiko, seeds, growth, now
):
    record = record_check(
        group=group,
        check=check,
        answers=[_answer(check, 1)],
        activity=None,
        by=keiko,
        at=now,
    )
    with pytest.raises(CheckIsPublished):
        write_check(check=check, intro="", intro_en="", questions=[], by=officer)
    newer = begin_version(by=officer, at=now)
    questions = _questions(seeds, growth, words="決算を報告している")
    write_check(check=newer, intro="", intro_en="", questions=questions, by=officer)
    assert check_in_force() == check
    publish_check(check=newer, by=officer, at=now + timedelta(days=1))
    assert check_in_force() == newer

    outcome = outcome_of_result(record.result)
    assert (outcome.check, outcome.stage) == (check, growth)
    assert [answer.text for _q, answer in outcome.reasons[0].answers] == [
        "帳簿をつけている"
    ]


def test_next_version_begins_as_a_copy_and_there_is_one_draft(check, officer, now):
    draft = begin_version(by=officer, at=now)

    assert (draft.number, draft.intro) == (2, "近いものを")
    assert [one.text for one in questions_of(draft)] == ["お金は"]
    assert begin_version(by=officer, at=now) == draft


def test_version_in_which_answers_say_nothing_is_not_published(officer, now, db):
    draft = begin_version(by=officer, at=now)
    with pytest.raises(CheckTooSmall):
        publish_check(check=draft, by=officer, at=now)


def test_only_who_keeps_the_register_makes_versions(hanako, now):
    with pytest.raises(NotAnOrganiser):
        begin_version(by=hanako, at=now)


def test_organiser_records_the_result_with_its_reason_once(
    check, group, leader, keiko, growth, now
):
    kept = {
        record_check(
            group=group,
            check=check,
            answers=[_answer(check, 1)],
            activity=None,
            by=keiko,
            at=now,
        ).pk
        for _twice in range(2)
    }
    (record,) = group.stage_records.all()
    assert kept == {record.pk}
    assert (record.stage, record.assessor) == (growth, "self")
    assert record.basis == "自己診断（第1版）: 帳簿をつけている"
    assert group.check_results.count() == 1


def test_unknown_answers_say_nothing_and_are_not_recorded(check, group, leader, keiko, now):
    assert outcome_of(check, [0, 10**9]).stage is None
    with pytest.raises(NothingAnswered):
        record_check(group=group, check=check, answers=[0], activity=None, by=keiko, at=now)


def test_one_group_runs_two_activities_at_different_stages(
    group, leader, keiko, seeds, growth, now
):
    walk = begin_activity(group=group, name=" 見守り散歩 ", by=keiko, at=now)
    said = {"as_of": now.date(), "basis": "", "by": keiko, "at": now}
    record_stage(group=group, stage=growth, **said)
    record_stage(group=group, stage=seeds, activity=walk, **said)

    whole, own = lanes_of(group, stage_history(group))
    assert (whole.activity, whole.current.stage) == (None, growth)
    assert (own.activity.name, own.current.stage) == ("見守り散歩", seeds)
    assert current_stage(group).stage == growth

    end_activity(activity=walk, by=keiko, at=now)
    assert len(lanes_of(group, stage_history(group))) == 2
    assert begin_activity(group=group, name="見守り散歩", by=keiko, at=now) == walk


def test_activity_of_another_group_is_refused(group, leader, keiko, seeds, taro, now):
    foreign = GroupFactory().activities.create(name="よそ", begun_at=now)
    with pytest.raises(NotOfTheGroup):
        record_stage(
            group=group,
            stage=seeds,
            activity=foreign,
            as_of=now.date(),
            basis="",
            by=keiko,
            at=now,
        )
    with pytest.raises(NotAMember):
        begin_activity(group=group, name="散歩", by=taro, at=now)
