"""The waiting list by hand, with its reasons."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.domain.refusal import NotAllowed
from courses.enums import WaitingPolicy
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.audit import differences
from enrollments.domain.leaving import withdraw
from enrollments.domain.line import let_pass, move_in_line, offer_free_seats
from enrollments.domain.links import application_token
from enrollments.domain.queries import with_position
from enrollments.domain.refusals import DrawDecides, NoSuchPlace, NotWaiting
from enrollments.domain.waiting_list import position_of
from enrollments.enums import ApplicationState as State
from enrollments.enums import LineAct, OfferState
from enrollments.models import Application, LineRecord, Offer
from tests.enrollments.back_office import officer_of
from tests.enrollments.requests import HANAKO, JIRO, KEIKO, TARO, request_by
from tests.factories import DepartmentFactory, UserFactory

HOUR = timedelta(hours=1)


@pytest.fixture
def seated(run, now):
    return [_apply(run, person, now) for person in (HANAKO, TARO)]


@pytest.fixture
def line(run, seated, now):
    """Four who wait, in this order."""
    return [
        _apply(run, person, now + timedelta(minutes=minute), email=f"w{minute}@example.jp")
        for minute, person in enumerate((JIRO, KEIKO, HANAKO, TARO), start=1)
    ]


def _apply(run, person, at, **wishes) -> Application:
    return apply_for_seat(run=run, request=request_by(person, **wishes), by=None, at=at)


def _positions(line) -> list[int | None]:
    for application in line:
        application.refresh_from_db()
    one_by_one = [position_of(application) for application in line]
    counted = with_position(Application.objects.filter(pk__in=[one.pk for one in line]))
    together = {one.pk: one.position for one in counted}
    assert [together[one.pk] for one in line] == one_by_one
    return one_by_one


def test_moving_somebody_up_pushes_the_others_back(line, officer, now):
    move_in_line(application=line[3], to=2, by=officer, at=now + HOUR, why="受付の誤り")

    assert _positions(line) == [1, 3, 4, 2]
    records = LineRecord.objects.order_by("after")
    assert [(r.application, r.before, r.after) for r in records] == [
        (line[3], 4, 2),
        (line[1], 2, 3),
        (line[2], 3, 4),
    ]
    assert {(r.act, r.why, r.by) for r in records} == {
        (LineAct.MOVED, "受付の誤り", officer)
    }


def test_moving_twice_and_a_newcomer_keep_one_order(run, line, officer, now):
    move_in_line(application=line[0], to=3, by=officer, at=now + HOUR, why="本人の希望")
    newcomer = _apply(run, HANAKO, now + 2 * HOUR, email="late@example.jp")
    move_in_line(application=line[3], to=1, by=officer, at=now + 3 * HOUR, why="誤り")

    assert _positions([*line, newcomer]) == [4, 2, 3, 1, 5]


def test_who_was_moved_to_the_front_is_asked_first(line, seated, officer, now):
    move_in_line(application=line[2], to=1, by=officer, at=now + HOUR, why="受付の誤り")
    withdraw(application=seated[0], by=None, at=now + 2 * HOUR)

    assert Offer.objects.get(state=OfferState.OPEN).application == line[2]


@pytest.mark.parametrize("to", [0, 5])
def test_there_is_no_other_place(line, officer, now, to):
    with pytest.raises(NoSuchPlace):
        move_in_line(application=line[0], to=to, by=officer, at=now, why="理由")
    assert not LineRecord.objects.exists()


def test_only_staff_of_the_section_and_only_in_a_line(run, line, seated, officer, now):
    with pytest.raises(NotAllowed):
        move_in_line(application=line[0], to=2, by=UserFactory(), at=now, why="理由")
    with pytest.raises(NotWaiting):
        move_in_line(application=seated[0], to=1, by=officer, at=now, why="理由")
    run.waiting_policy = WaitingPolicy.REDRAW
    run.save()
    with pytest.raises(DrawDecides):
        let_pass(application=line[0], by=officer, at=now, why="理由")


@pytest.fixture
def party_first(run, seated, now):
    run.max_participants = 2
    run.save()
    party = _apply(run, JIRO, now, companions=(KEIKO,))
    single = _apply(run, KEIKO, now + HOUR / 60)
    withdraw(application=seated[0], by=None, at=now + HOUR)
    return party, single


def test_line_passes_a_party_that_does_not_fit_when_an_officer_says_so(
    party_first, officer, now
):
    party, single = party_first
    assert not Offer.objects.exists(), "the seat waits for the party"

    let_pass(application=party, by=officer, at=now + 2 * HOUR, why="本人も了承")

    single.refresh_from_db()
    party.refresh_from_db()
    assert (party.state, single.state) == (State.WAITING, State.OFFERED)
    assert position_of(party) == 1
    record = LineRecord.objects.get()
    assert (record.application, record.act) == (party, LineAct.SKIPPED)
    assert differences() == []


def test_party_that_was_passed_gets_the_first_seats_that_are_enough(
    run, party_first, seated, officer, pool, now
):
    party, single = party_first
    let_pass(application=party, by=officer, at=now + 2 * HOUR, why="本人も了承")
    withdraw(application=single, by=None, at=now + 3 * HOUR)
    withdraw(application=seated[1], by=None, at=now + 4 * HOUR)

    party.refresh_from_db()
    assert party.state == State.OFFERED


# Over HTTP


@pytest.fixture
def signed_in(client, department):
    user = officer_of(department)
    client.force_login(user)
    return user


def test_officer_moves_somebody_and_the_person_reads_why(client, signed_in, run, line):
    page = client.get(reverse("manage_waiting_list", args=[run.code])).content.decode()
    assert page.count("順番を変える") == 4

    sent = {"to": "1", "reason": "受付日時の誤り"}
    response = client.post(reverse("manage_line_move", args=[line[1].pk]), sent)

    assert response.url == reverse("manage_waiting_list", args=[run.code])
    for application, place in zip(line[:2], (2, 1), strict=True):
        link = reverse("application", args=[application_token(application)])
        shown = client.get(link).content.decode()
        assert "理由: 受付日時の誤り" in shown
        assert f"いまの順番は、キャンセル待ち {place}番です。" in shown


def test_moving_without_a_reason_is_not_done(client, signed_in, line):
    response = client.post(reverse("manage_line_move", args=[line[1].pk]), {"to": "1"})
    assert response.status_code == 422
    assert "理由を入力してください。" in response.content.decode()
    assert not LineRecord.objects.exists()


@pytest.mark.parametrize("answer", ["accept", "decline"])
def test_officer_records_an_answer(client, signed_in, run, line, seated, now, answer):
    withdraw(application=seated[0], by=None, at=now)
    offer = Offer.objects.get()
    Offer.objects.update(reply_by=now + timedelta(days=3650))

    client.post(reverse("manage_offer_answer", args=[offer.pk]), {"answer": answer})

    offer.refresh_from_db()
    wanted = {"accept": OfferState.ACCEPTED, "decline": OfferState.DECLINED}
    assert (offer.state, offer.answered_by) == (wanted[answer], signed_in)


def test_other_sections_see_no_line(client, run, line, seated, now):
    withdraw(application=seated[0], by=None, at=now)
    offer = Offer.objects.get()
    client.force_login(officer_of(DepartmentFactory()))
    for name, key in (
        ("manage_waiting_list", run.code),
        ("manage_line_move", line[1].pk),
        ("manage_line_pass", line[1].pk),
        ("manage_offer_take_back", offer.pk),
    ):
        assert client.get(reverse(name, args=[key])).status_code in (302, 403), name
    answer = client.post(
        reverse("manage_offer_answer", args=[offer.pk]), {"answer": "accept"}
    )
    assert answer.status_code in (302, 403)
    offer.refresh_from_db()
    assert offer.state == OfferState.OPEN


def test_tab_asks_as_often_for_one_as_for_four(client, signed_in, run, seated, now):
    address = reverse("manage_waiting_list", args=[run.code])
    counted = []
    for number in (1, 3):
        for each in range(number):
            _apply(run, JIRO, now, email=f"n{number}{each}@example.jp")
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address).content.decode()
        counted.append(len(queries))
    assert page.count("順番を変える") == 4
    assert counted[0] == counted[1]


def test_other_sections_offer_no_seats(pool, hanako, now):
    with pytest.raises(NotAllowed):
        offer_free_seats(pool=pool, by=hanako, at=now)
