"""The city passes a request on; contacts are told only after a yes."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import product
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from accounts.domain.refusal import NotAllowed
from courses.domain.talent import matching, on_the_register, section_for
from courses.models import Instructor
from enrollments.models import Notification
from learning_paths.domain.instructor_requests.answering import answer_request
from learning_paths.domain.instructor_requests.asking import (
    enter_request,
    request_instructor,
    withdraw_request,
)
from learning_paths.domain.instructor_requests.links import (
    answer_path,
    request_to_answer,
)
from learning_paths.domain.instructor_requests.passing_on import (
    REPLY_WITHIN,
    close_request,
    expire_requests,
    forward_request,
)
from learning_paths.domain.instructor_requests.reading import (
    address_of,
    last_address,
    to_do,
)
from learning_paths.domain.instructor_requests.refusals import (
    AnswerIsOver,
    CannotBeReached,
    ClosedWithoutReason,
    NoAddressOnTheRegister,
    NotOnTheRegister,
    RequestMoveNotAllowed,
)
from learning_paths.domain.instructor_requests.states import MOVES, move_request
from learning_paths.enums import InstructorRequestState as State
from learning_paths.models import InstructorRequest, InstructorRequestMove
from tests.factories import PublicInstructorFactory, StaffProfileFactory, UserFactory
from tests.learning_paths.instructor_requests.conftest import WANTED

FORBIDDEN = [(here, to) for here, to in product(State, State) if to not in MOVES[here]]


def _mails(*, to):
    found = Notification.objects.filter(recipient=to).order_by("pk")
    return [f"{one.subject}\n{one.body}" for one in found]


def _ask(person, at, **wishes):
    key = wishes.pop("form_key", uuid4())
    return request_instructor(
        instructor=person,
        wanted=replace(WANTED, **wishes),
        form_key=key,
        user=None,
        language="ja",
        at=at,
    )


@pytest.mark.parametrize(("here", "to"), FORBIDDEN)
def test_a_request_moves_along_the_table_only(asked, here, to, now):
    asked.state = here
    with pytest.raises(RequestMoveNotAllowed):
        move_request(asked, to, by=None, at=now)


def test_the_database_wants_a_trace_and_an_address(asked, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        InstructorRequest.objects.update(state=State.CLOSED)
    InstructorRequestMove.objects.create(
        request=asked, from_state=State.RECEIVED, to_state=State.FORWARDED, at=now
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        InstructorRequest.objects.update(state=State.FORWARDED)


def test_the_same_form_is_one_request_and_is_told_once(gardener, now):
    key = uuid4()
    first, again = (_ask(gardener, now, form_key=key) for _time in range(2))

    assert first == again
    assert len(_mails(to="sayuri@example.jp")) == 1
    assert len(_mails(to="gakushu@example.jp")) == 1


@pytest.mark.parametrize(
    "wrong",
    [{"is_local_talent": False}, {"approved_at": None}, {"consents_to_publish": False}],
)
def test_only_those_on_the_public_register_are_asked_for(gardener, now, wrong):
    for name, value in wrong.items():
        setattr(gardener, name, value)
    gardener.save()

    with pytest.raises(NotOnTheRegister):
        _ask(gardener, now)


def test_somebody_must_be_reached(gardener, now):
    with pytest.raises(CannotBeReached):
        _ask(gardener, now, email="", phone="")
    by_phone = _ask(gardener, now, email="")
    assert Notification.objects.filter(state="by_hand").count() == 1
    assert by_phone.state == State.RECEIVED


def test_the_instructor_is_asked_without_any_contact(forwarded):
    (mail,) = _mails(to="niwano@example.jp")

    assert answer_path(forwarded) in mail
    assert "花だん" in mail
    for secret in ("小林", "sayuri@example.jp", "0420-55-0001"):
        assert secret not in mail
    assert "niwano" not in "".join(_mails(to="sayuri@example.jp"))


def test_after_a_yes_the_instructor_learns_whom_to_call(forwarded, now):
    answer_request(request=forwarded, agrees=True, words="喜んで", at=now)

    forwarded.refresh_from_db()
    assert (forwarded.state, forwarded.reply) == (State.ACCEPTED, "喜んで")
    assert "sayuri@example.jp" in _mails(to="niwano@example.jp")[-1]
    last = _mails(to="sayuri@example.jp")[-1]
    assert "引き受けました" in last
    assert "niwano" not in last


def test_after_a_no_nobody_learns_anything(forwarded, head, now):
    answer_request(request=forwarded, agrees=False, words="予定があります", at=now)

    assert len(_mails(to="niwano@example.jp")) == 1
    assert "都合がつきませんでした" in _mails(to="sayuri@example.jp")[-1]
    assert to_do(head) == 1


def test_an_answer_counts_once_and_in_time(forwarded, now):
    with pytest.raises(AnswerIsOver):
        answer_request(request=forwarded, agrees=True, words="", at=now + REPLY_WITHIN)
    answer_request(request=forwarded, agrees=False, words="", at=now)
    with pytest.raises(AnswerIsOver):
        answer_request(request=forwarded, agrees=True, words="", at=now)


def test_nobody_answered_and_another_is_asked(forwarded, head, now):
    old = answer_path(forwarded)
    assert expire_requests(at=now + REPLY_WITHIN - timedelta(seconds=1)) == 0
    assert [expire_requests(at=now + REPLY_WITHIN) for _time in range(2)] == [1, 0]

    other = PublicInstructorFactory(is_local_talent=True, approved_by=head)
    again = forward_request(
        request=forwarded,
        instructor=other,
        address="other@example.jp",
        note="",
        by=head,
        at=now + REPLY_WITHIN,
    )
    assert (again.instructor, again.state) == (other, State.FORWARDED)
    assert request_to_answer(old.rstrip("/").rpartition("/")[2]) is None
    with pytest.raises(AnswerIsOver):
        answer_request(request=forwarded, agrees=True, words="", at=now + REPLY_WITHIN)
    assert last_address(other) == "other@example.jp"


def test_without_an_address_the_mail_goes_to_that_of_the_instructor_chosen(
    asked, gardener, head, now
):
    Instructor.objects.filter(pk=gardener.pk).update(contact_email="niwa@example.jp")
    other = PublicInstructorFactory(
        is_local_talent=True, approved_by=head, contact_email="other@example.jp"
    )
    send = partial(forward_request, request=asked, address="", note="", by=head, at=now)
    assert send(instructor=other).sent_to == "other@example.jp"

    nobody = PublicInstructorFactory(is_local_talent=True, approved_by=head)
    asked.refresh_from_db()
    expire_requests(at=now + REPLY_WITHIN)
    with pytest.raises(NoAddressOnTheRegister):
        send(instructor=nobody)
    assert address_of(gardener) == ""
    gardener.refresh_from_db()
    assert address_of(gardener) == "niwa@example.jp"


def test_withdrawn_is_over_for_everybody(forwarded, head, gardener, now):
    withdraw_request(request=forwarded, by=None, at=now)

    with pytest.raises(AnswerIsOver):
        answer_request(request=forwarded, agrees=True, words="", at=now)
    with pytest.raises(RequestMoveNotAllowed):
        close_request(request=forwarded, why="終わり", by=head, at=now)


def test_closed_with_a_reason_that_is_told(asked, head, now):
    with pytest.raises(ClosedWithoutReason):
        close_request(request=asked, why=" ", by=head, at=now)
    close_request(request=asked, why="営利の催しのため", by=head, at=now)

    assert "営利の催しのため" in _mails(to="sayuri@example.jp")[-1]


def test_only_the_section_passes_on_closes_and_enters(asked, gardener, head, now):
    stranger = StaffProfileFactory().user
    with pytest.raises(NotAllowed):
        forward_request(
            request=asked,
            instructor=gardener,
            address="a@example.jp",
            note="",
            by=stranger,
            at=now,
        )
    with pytest.raises(NotAllowed):
        close_request(request=asked, why="終わり", by=stranger, at=now)
    with pytest.raises(NotAllowed):
        enter_request(
            instructor=gardener, wanted=WANTED, form_key=uuid4(), by=stranger, at=now
        )
    entered = enter_request(
        instructor=gardener, wanted=WANTED, form_key=uuid4(), by=head, at=now
    )
    assert (entered.entered_by, to_do(head), to_do(stranger)) == (head, 2, 0)


def test_requests_go_with_the_account(gardener, now):
    user = UserFactory()
    request_instructor(
        instructor=gardener,
        wanted=WANTED,
        form_key=uuid4(),
        user=user,
        language="ja",
        at=now,
    )
    user.delete()

    assert not InstructorRequest.objects.exists()


@pytest.mark.parametrize(
    ("words", "area", "found"),
    [
        ("庭野", "", True),
        ("にわの しげる", "", True),
        ("庭野 料理", "", False),
        ("", "桜台", True),
        ("", "南野", False),
        ("", "桜", False),
    ],
)
def test_people_are_found_by_words_and_area(gardener, words, area, found):
    assert matching(on_the_register(), words=words, area=area).exists() is found


def test_whoever_comes_everywhere_is_found_in_every_area(gardener):
    Instructor.objects.filter(pk=gardener.pk).update(areas="市内全域")

    assert matching(on_the_register(), area="南野").get() == gardener


def test_the_section_is_that_which_approved(gardener, section):
    assert section_for(gardener) == section
