"""保育・支援: what is asked, what is promised, and what ends with the application."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission

from accounts.domain.refusal import NotAllowed
from accounts.models import User
from courses.enums import SupportKind as Kind
from courses.models import SupportOffer
from enrollments.domain import support_refusals as refused
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.audit import differences
from enrollments.domain.leaving import withdraw
from enrollments.domain.support_moves import places_promised, require_room_for_promises
from enrollments.domain.support_promises import arrange, confirm, decline
from enrollments.domain.support_requests import (
    ChildWish,
    ask_for_support,
    withdraw_request,
)
from enrollments.enums import MessageKind
from enrollments.enums import SupportState as State
from enrollments.models import Notification, SupportRequest
from tests.enrollments.requests import HANAKO, JIRO, TARO, request_by
from tests.factories import StaffProfileFactory

MEI = ChildWish(called="めい", age_months=20)


@pytest.fixture
def offer(run, now) -> SupportOffer:
    """Two children between one and three years, until a week before."""
    return SupportOffer.objects.create(
        run=run,
        kind=Kind.CHILDCARE,
        capacity=2,
        min_age_months=12,
        max_age_months=47,
        deadline=now + timedelta(days=7),
    )


@pytest.fixture
def hanakos(run, now):
    return apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)


@pytest.fixture
def taros(run, now):
    return apply_for_seat(run=run, request=request_by(TARO), by=None, at=now)


@pytest.fixture
def carer(officer) -> User:
    """The officer who was given the permission."""
    officer.user_permissions.set(
        Permission.objects.filter(content_type__model="supportrequest")
    )
    return User.objects.get(pk=officer.pk)


def ask(application, at, *children, **more) -> SupportRequest:
    return ask_for_support(
        application=application,
        kind=Kind.CHILDCARE,
        children=children or (MEI,),
        by=None,
        at=at,
        **more,
    )


def test_wish_is_taken_with_its_children_and_its_first_step(offer, hanakos, now):
    request = ask(
        hanakos, now, MEI, ChildWish("けん", 40, "卵アレルギー"), needs="双子用の車"
    )

    assert (request.state, request.offer, request.needs) == (
        State.ASKED,
        offer,
        "双子用の車",
    )
    assert list(request.children.values_list("called", "age_months", "note")) == [
        ("めい", 20, ""),
        ("けん", 40, "卵アレルギー"),
    ]
    assert list(request.steps.values_list("from_state", "to_state")) == [("", "asked")]


def test_childcare_that_is_not_offered_is_refused(hanakos, now):
    with pytest.raises(refused.SupportNotOffered):
        ask(hanakos, now)


def test_support_that_no_offer_speaks_of_may_be_asked_for(hanakos, now):
    request = ask_for_support(
        application=hanakos, kind=Kind.WHEELCHAIR, needs="前の席", by=None, at=now
    )

    assert (request.state, request.offer) == (State.ASKED, None)


def test_childcare_without_a_child_is_refused(offer, hanakos, now):
    with pytest.raises(refused.ChildrenNeeded):
        ask_for_support(application=hanakos, kind=Kind.CHILDCARE, by=None, at=now)


def test_wish_at_the_deadline_is_refused_but_staff_take_it_with_a_reason(
    offer, hanakos, officer, now
):
    late = offer.deadline
    with pytest.raises(refused.SupportDeadlinePassed):
        ask(hanakos, late)

    request = ask_for_support(
        application=hanakos,
        kind=Kind.CHILDCARE,
        children=[MEI],
        by=officer,
        at=late,
        override_reason="電話で締切前に相談あり",
    )
    assert request.steps.get().why == "電話で締切前に相談あり"


def test_wish_just_before_the_deadline_is_taken(offer, hanakos, now):
    assert ask(hanakos, offer.deadline - timedelta(seconds=1)).state == State.ASKED


@pytest.mark.parametrize("months", [11, 48])
def test_child_of_another_age_is_refused(offer, hanakos, now, months):
    with pytest.raises(refused.ChildNotOfAge):
        ask(hanakos, now, ChildWish("めい", months))


@pytest.mark.parametrize("months", [12, 47])
def test_child_at_the_ends_of_the_ages_is_taken(offer, hanakos, now, months):
    assert ask(hanakos, now, ChildWish("めい", months)).state == State.ASKED


def test_wishes_of_those_with_a_place_fill_the_offer(offer, hanakos, taros, now):
    ask(hanakos, now, MEI, MEI)

    with pytest.raises(refused.SupportFull):
        ask(taros, now)


def test_wish_of_somebody_who_waits_is_in_nobodys_way(offer, run, hanakos, taros, now):
    waiting = apply_for_seat(run=run, request=request_by(JIRO), by=None, at=now)
    ask(waiting, now, MEI, MEI)

    assert ask(hanakos, now, MEI, MEI).state == State.ASKED


def test_same_wish_twice_is_refused(offer, hanakos, now):
    ask(hanakos, now)

    with pytest.raises(refused.SupportAskedAlready):
        ask(hanakos, now)


def test_wish_taken_back_may_be_asked_again(offer, hanakos, now):
    first = ask(hanakos, now)
    withdraw_request(request=first, by=None, at=now)

    again = ask(hanakos, now, ChildWish("けん", 30))
    assert (again.pk, again.state) == (first.pk, State.ASKED)
    assert [child.called for child in again.children.all()] == ["けん"]
    assert [step.to_state for step in again.steps.all()] == [
        "asked",
        "withdrawn",
        "asked",
    ]


def test_promise_goes_its_way_and_the_person_is_told_when_it_is_sure(
    offer, hanakos, carer, now
):
    request = ask(hanakos, now)
    arrange(request=request, by=carer, at=now)
    assert not Notification.objects.filter(kind=MessageKind.SUPPORT).exists()

    confirmed = confirm(request=request, by=carer, at=now)
    assert confirmed.state == State.CONFIRMED
    told = Notification.objects.get(kind=MessageKind.SUPPORT)
    assert (told.application, told.subject) == (hanakos, "保育を手配しました：防災入門")


def test_declining_says_the_alternative(offer, hanakos, carer, now):
    request = ask(hanakos, now)
    with pytest.raises(refused.AlternativeNeeded):
        decline(request=request, by=carer, at=now, alternative="  ")

    decline(request=request, by=carer, at=now, alternative="別の日の保育つき講座")
    assert (
        "かわりの案: 別の日の保育つき講座"
        in Notification.objects.get(kind=MessageKind.SUPPORT).body
    )


def test_promises_never_exceed_the_places(offer, hanakos, taros, carer, now):
    """Staff took a wish beyond the number; the promise is refused all the same."""
    confirm(request=ask(hanakos, now, MEI, MEI), by=carer, at=now)
    beyond = ask(taros, now, override_reason="相談のうえ")

    with pytest.raises(refused.SupportFull):
        arrange(request=beyond, by=carer, at=now)
    assert places_promised(offer) == 2


def test_places_of_a_promise_taken_back_are_free_again(offer, hanakos, taros, carer, now):
    first = ask(hanakos, now, MEI, MEI)
    confirm(request=first, by=carer, at=now)
    withdraw_request(request=first, by=None, at=now)

    assert confirm(request=ask(taros, now), by=carer, at=now).state == State.CONFIRMED


def test_move_that_the_table_does_not_know_is_refused(offer, hanakos, carer, now):
    request = ask(hanakos, now)
    withdraw_request(request=request, by=None, at=now)

    with pytest.raises(refused.SupportMoveNotAllowed):
        confirm(request=request, by=carer, at=now)


def test_officer_without_the_permission_may_not_promise(offer, hanakos, officer, now):
    request = ask(hanakos, now)

    with pytest.raises(NotAllowed):
        confirm(request=request, by=officer, at=now)


def test_permission_ends_at_the_own_section(offer, hanakos, carer, now):
    stranger = StaffProfileFactory().user
    stranger.user_permissions.set(carer.user_permissions.all())

    with pytest.raises(NotAllowed):
        confirm(request=ask(hanakos, now), by=stranger, at=now)


def test_promise_ends_with_the_application(offer, hanakos, carer, now):
    request = ask(hanakos, now)
    confirm(request=request, by=carer, at=now)

    withdraw(application=hanakos, by=None, at=now)
    request.refresh_from_db()
    assert request.state == State.WITHDRAWN
    assert request.steps.last().why == "申込みが終わったため"
    assert differences() == []


def test_nothing_is_promised_to_somebody_who_does_not_come(offer, hanakos, carer, now):
    request = ask(hanakos, now)
    decline(request=request, by=carer, at=now, alternative="別の日")
    withdraw(application=hanakos, by=None, at=now)

    with pytest.raises(refused.SupportOfNobody):
        confirm(request=request, by=carer, at=now)
    with pytest.raises(refused.SupportOfNobody):
        ask_for_support(application=hanakos, kind=Kind.BRAILLE, by=None, at=now)


def test_number_cannot_go_below_what_is_promised(offer, hanakos, carer, now):
    confirm(request=ask(hanakos, now, MEI, MEI), by=carer, at=now)

    with pytest.raises(refused.PromisesExceedPlaces):
        require_room_for_promises(offer.run, {Kind.CHILDCARE: 1})
    require_room_for_promises(offer.run, {Kind.CHILDCARE: 2})
    require_room_for_promises(offer.run, {Kind.CHILDCARE: None, Kind.BRAILLE: 0})
