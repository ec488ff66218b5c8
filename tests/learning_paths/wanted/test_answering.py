"""Joining, moderating and answering: everybody is counted and told once."""

from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from accounts.domain.refusal import NotAllowed
from courses.enums import RunState
from enrollments.models import Notification
from learning_paths.domain.wanted.answering import answer_request, note_course_begun
from learning_paths.domain.wanted.asking import ask_signed_in
from learning_paths.domain.wanted.confirming import (
    confirm,
    take_back,
    voice_for,
    voice_token,
)
from learning_paths.domain.wanted.facts import WantedFacts
from learning_paths.domain.wanted.joining import (
    enter_voice,
    has_joined,
    join_by_mail,
    join_signed_in,
)
from learning_paths.domain.wanted.moderating import (
    decline_request,
    merge_request,
    publish_request,
)
from learning_paths.domain.wanted.reading import (
    demand_by_theme,
    find_requests,
    similar_to,
    waiting_for,
)
from learning_paths.domain.wanted.refusals import (
    AnswerMissing,
    CourseMissing,
    NoSuchStep,
    NotOpenForVoices,
    RunOfAnotherCourse,
    SameRequest,
)
from learning_paths.domain.wanted.similar import Words
from learning_paths.enums import RequestState
from learning_paths.models import LearningRequest, RequestMove
from tests.factories import (
    NOON,
    CourseFactory,
    CourseRunFactory,
    StaffProfileFactory,
    ThemeFactory,
)
from tests.learning_paths.wanted.conftest import FACTS

pytestmark = pytest.mark.django_db


def _wanted_by() -> int:
    return find_requests().get().wanted_by


def _told(what: str) -> list[str]:
    found = Notification.objects.filter(subject__contains=what).order_by("recipient")
    return list(found.values_list("recipient", flat=True))


def test_each_person_has_one_voice(wanted, jiro):
    join_signed_in(request=wanted, by=jiro, at=NOON)
    join_signed_in(request=wanted, by=jiro, at=NOON)
    assert _wanted_by() == 2
    assert has_joined(wanted, jiro)


def test_address_of_an_account_is_the_same_person(wanted, jiro):
    join_by_mail(request=wanted, email=jiro.email, at=NOON)
    assert (_wanted_by(), has_joined(wanted, jiro)) == (1, False)

    join_signed_in(request=wanted, by=jiro, at=NOON)
    assert _wanted_by() == 2


def test_voice_by_mail_counts_when_confirmed(wanted):
    join_by_mail(request=wanted, email="mori@example.jp", at=NOON)
    assert _wanted_by() == 1
    confirm(voice=wanted.voices.get(email="mori@example.jp"), at=NOON)
    assert _wanted_by() == 2


def test_nobody_joins_what_is_not_public(received, jiro):
    with pytest.raises(NotOpenForVoices):
        join_signed_in(request=received, by=jiro, at=NOON)


def test_public_after_it_was_looked_at(received, officer, keiko):
    assert list(find_requests()) == []
    assert list(waiting_for(officer)) == [received]
    with pytest.raises(NotAllowed):
        publish_request(request=received, facts=FACTS, by=keiko, at=NOON)

    facts = WantedFacts("スマートフォンの使い方")
    publish_request(request=received, facts=facts, by=officer, at=NOON)
    assert [one.title for one in find_requests()] == ["スマートフォンの使い方"]
    assert _told("を公開しました") == ["keiko@example.jp"]


def test_declined_with_a_reason_only(received, officer):
    with pytest.raises(AnswerMissing):
        decline_request(request=received, why=" ", by=officer, at=NOON)
    decline_request(request=received, why="個人への中傷です。", by=officer, at=NOON)
    assert _told("公開できませんでした") == ["keiko@example.jp"]
    assert list(find_requests()) == []


def test_merged_voices_are_counted_once(wanted, officer, keiko, jiro):
    other = ask_signed_in(facts=FACTS, by=jiro, at=NOON, form_key=uuid4())
    same = ask_signed_in(facts=FACTS, by=keiko, at=NOON, form_key=uuid4())
    for one in (other, same):
        merge_request(request=one, into=wanted, by=officer, at=NOON)

    assert _wanted_by() == 2
    assert _told("まとめました") == ["jiro@example.jp"]
    with pytest.raises(SameRequest):
        merge_request(request=wanted, into=wanted, by=officer, at=NOON)


def test_voice_that_counts_is_not_lost_to_one_that_was_never_confirmed(
    wanted, officer, jiro
):
    """Somebody else may have typed the address."""
    join_by_mail(request=wanted, email=jiro.email, at=NOON)
    other = ask_signed_in(facts=FACTS, by=jiro, at=NOON, form_key=uuid4())
    merge_request(request=other, into=wanted, by=officer, at=NOON)

    assert _wanted_by() == 2
    assert wanted.voices.filter(email=jiro.email).count() == 1


def test_own_voice_is_found_before_one_by_mail(wanted, jiro):
    """Both were given before the second address was known to be the same person's."""
    by_mail = wanted.voices.create(email="jiro2@example.jp", asked_at=NOON)
    confirm(voice=by_mail, at=NOON)
    own = join_signed_in(request=wanted, by=jiro, at=NOON)
    EmailAddress.objects.create(user=jiro, email=by_mail.email, verified=True)

    assert join_signed_in(request=wanted, by=jiro, at=NOON) == own


def test_address_that_was_somebody_elses_speaks_once(wanted, jiro, taro):
    join_signed_in(request=wanted, by=jiro, at=NOON)
    EmailAddress.objects.filter(user=jiro).update(email="new@example.jp")
    EmailAddress.objects.filter(user=taro).update(email=jiro.email)
    join_signed_in(request=wanted, by=taro, at=NOON)

    assert _wanted_by() == 2


def test_voice_taken_back_meanwhile_is_not_confirmed(wanted):
    voice = wanted.voices.create(email="a@example.jp", asked_at=NOON)
    take_back(voice=voice_for(voice_token(voice)), at=NOON)

    assert confirm(voice=voice, at=NOON) is None


def test_everybody_is_told_each_answer_once(wanted, officer, jiro):
    join_signed_in(request=wanted, by=jiro, at=NOON)
    said = {"request": wanted, "words": "来年度に考えます。", "by": officer, "at": NOON}
    answer_request(to=RequestState.CONSIDERING, **said)
    answer_request(to=RequestState.CONSIDERING, **said)

    everybody = ["jiro@example.jp", "keiko@example.jp"]
    assert _told("市からの答え") == everybody
    answer_request(to=RequestState.NOT_POSSIBLE, **said)
    assert _told("市からの答え") == sorted(everybody * 2)


def test_who_telephoned_is_told_by_hand(wanted, officer):
    said = {"name": "森 正", "phone": "0420-11-2233", "channel": "phone"}
    for _time in range(2):
        enter_voice(request=wanted, by=officer, at=NOON, **said)
    assert _wanted_by() == 2
    answer_request(
        request=wanted, to=RequestState.CONSIDERING, words="", by=officer, at=NOON
    )
    message = Notification.objects.get(recipient="", subject__contains="答え")
    assert message.state == "by_hand"
    assert "森 正さん 0420-11-2233" in message.body


def test_planned_leads_to_a_public_course(wanted, officer):
    section = officer.staff_profile.department
    draft = CourseFactory(department=section, published_at=None)
    said = {"request": wanted, "to": RequestState.PLANNED, "words": "", "by": officer}
    for course in (None, draft):
        with pytest.raises(CourseMissing):
            answer_request(course=course, at=NOON, **said)
    run = CourseRunFactory(state=RunState.ANNOUNCED)
    with pytest.raises(RunOfAnotherCourse):
        answer_request(course=CourseFactory(), run=run, at=NOON, **said)

    answered = answer_request(course=run.course, run=run, at=NOON, **said)
    assert (answered.state, answered.run) == ("planned", run)
    message = Notification.objects.get(subject__contains="市からの答え")
    assert run.get_absolute_url() in message.body


def test_not_possible_needs_a_reason(wanted, officer):
    said = {"to": RequestState.NOT_POSSIBLE, "by": officer, "at": NOON}
    with pytest.raises(AnswerMissing):
        answer_request(request=wanted, words="", **said)
    with transaction.atomic(), pytest.raises(IntegrityError):
        LearningRequest.objects.filter(pk=wanted.pk).update(state="not_possible")


def test_section_that_took_it_up_answers(wanted, officer):
    course = CourseFactory(department=officer.staff_profile.department, published_at=None)
    note_course_begun(request=wanted, course=course, by=officer, at=NOON)
    other = StaffProfileFactory().user
    with pytest.raises(NotAllowed):
        answer_request(
            request=wanted, to=RequestState.CONSIDERING, words="", by=other, at=NOON
        )
    assert list(waiting_for(officer)) == [wanted]


def test_answer_before_publication_is_refused(received, officer):
    with pytest.raises(NoSuchStep):
        answer_request(
            request=received, to=RequestState.CONSIDERING, words="", by=officer, at=NOON
        )


def test_similar_ones_are_found(wanted, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = similar_to(Words("スマートフォンを安全に使うには"))
    assert (found, found[0].wanted_by) == ([wanted], 1)
    assert similar_to(Words("川の生きもの観察")) == []


def test_demand_is_counted_by_theme(wanted, officer, keiko, jiro):
    theme = ThemeFactory(name="防災")
    for person in (keiko, jiro):
        facts = WantedFacts("家具の固定", theme=theme)
        asked = ask_signed_in(facts=facts, by=person, at=NOON, form_key=uuid4())
        publish_request(request=asked, facts=facts, by=officer, at=NOON)
    found = [(one.theme, one.requests, one.voices) for one in demand_by_theme()]
    assert found == [(theme, 2, 2), (None, 1, 1)]


def test_state_moves_with_its_trace_only(wanted):
    rows = LearningRequest.objects.filter(pk=wanted.pk)
    with (
        pytest.raises(IntegrityError, match="request_moves_with_its_trace"),
        transaction.atomic(),
    ):
        rows.update(state="considering")
    with (
        pytest.raises(IntegrityError, match="request_trace_is_not_rewritten"),
        transaction.atomic(),
    ):
        RequestMove.objects.update(why="other")
    with (
        pytest.raises(IntegrityError, match="request_trace_is_kept"),
        transaction.atomic(),
    ):
        wanted.moves.last().delete()
