"""Several members are sent at once: together or not at all, each for themselves."""

from uuid import uuid4

import pytest

from courses.enums import PoolKind
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.audit import differences
from enrollments.domain.changing_people import drop_participant
from enrollments.domain.completed import completed_courses
from enrollments.domain.finishing.learning_record import record_of
from enrollments.domain.queries import own_completions
from enrollments.domain.refusals import AlreadyApplied, RunFull
from enrollments.domain.requests import PersonName, SeatRequest
from enrollments.models import Application, Completion, PersonClaim
from learning_paths.domain.joining import accept_invitation
from learning_paths.domain.refusals import GroupClosed, NotAMember, NotAnOrganiser
from learning_paths.domain.sending_members import (
    HavePlaces,
    MemberGone,
    NobodySent,
    Sent,
    apply_for_members,
)
from learning_paths.domain.standings import completed_by_members
from learning_paths.models import Membership
from tests.factories import (
    CourseRunFactory,
    MembershipFactory,
    SeatPoolFactory,
    SessionFactory,
)
from tests.learning_paths.closing import close

KEIKO = PersonName("高橋", "恵子", "タカハシ", "ケイコ")
HANAKO = PersonName("山田", "花子", "ヤマダ", "ハナコ")


@pytest.fixture
def run(db):
    run = CourseRunFactory(waiting_list=False)
    SeatPoolFactory(run=run, kind=PoolKind.GENERAL, capacity=1)
    SeatPoolFactory(run=run, kind=PoolKind.GROUPS, capacity=2)
    SessionFactory(run=run, number=1)
    return run


@pytest.fixture
def send(group, leader, run, keiko, now):
    def sent(*members, by=keiko, of=run, **wishes):
        own = SeatRequest(applicant=KEIKO, email="keiko@example.jp", **wishes)
        from enrollments.domain.places import places_of
        from learning_paths.domain.sending_members import places_for_group

        places = places_for_group(places_of(of, at=now))
        return apply_for_members(
            group=group,
            run=of,
            sent=Sent(members, next(iter(places), None)),
            request=own,
            by=by,
            at=now,
        )

    return sent


def _taken(run):
    return dict(run.pools.values_list("kind", "seats_taken"))


def test_members_get_the_places_of_groups_in_one_application(
    send, run, group, coordinator, member, jiro, hanako
):
    application = send(coordinator, member)

    assert (application.state, application.seats) == ("accepted", 2)
    assert (application.group_code, application.user.email) == (
        "midori",
        "keiko@example.jp",
    )
    assert [
        (one.full_name, one.user, one.member_key, one.is_applicant)
        for one in application.participants.all()
    ] == [
        ("田中 次郎", jiro, coordinator.key, False),
        ("山田 花子", hanako, member.key, False),
    ]
    assert _taken(run) == {"general": 0, "groups": 2}
    assert differences() == []


def test_organiser_who_comes_along_is_the_applicant(send, leader, member, keiko):
    application = send(member, leader)

    first, second = application.participants.all()
    assert (first.user, first.is_applicant) == (keiko, True)
    assert second.is_applicant is False


def test_all_or_nothing_where_the_places_are_not_enough(
    send, run, leader, coordinator, member
):
    with pytest.raises(RunFull):
        send(leader, coordinator, member)
    assert Application.objects.count() == 0
    assert PersonClaim.objects.count() == 0
    assert _taken(run) == {"general": 0, "groups": 0}


def test_without_places_of_groups_the_general_ones_are_asked_for(send, leader, member, db):
    run = CourseRunFactory(max_participants=1)
    SeatPoolFactory(run=run, capacity=5)
    SessionFactory(run=run, number=1)
    application = send(leader, member, of=run)

    assert (application.pool.kind, application.seats) == ("general", 2)


def test_same_form_again_is_the_first_application(send, member, coordinator):
    key = uuid4()
    first = send(member, submission_key=key)

    assert send(member, submission_key=key) == first
    assert send(coordinator, submission_key=uuid4()) != first


@pytest.mark.parametrize("before", ["by the group", "by herself"])
def test_member_with_a_place_is_not_sent_again(before, send, run, member, hanako, now):
    if before == "by the group":
        send(member)
    else:
        request = SeatRequest(applicant=HANAKO, email="hanako@example.jp")
        apply_for_seat(run=run, request=request, by=hanako, at=now)
    with pytest.raises(HavePlaces, match="山田 花子"):
        send(member)


def test_member_who_is_sent_cannot_apply_alone_too(send, run, member, hanako, now):
    send(member)
    request = SeatRequest(applicant=HANAKO, email="hanako@example.jp")
    with pytest.raises(AlreadyApplied):
        apply_for_seat(run=run, request=request, by=hanako, at=now)


def test_organiser_who_only_sent_others_may_apply_alone(send, run, member, keiko, now):
    send(member)
    request = SeatRequest(applicant=KEIKO, email="keiko@example.jp")

    assert apply_for_seat(run=run, request=request, by=keiko, at=now).state == "accepted"
    assert differences() == []


def test_member_who_is_taken_out_again_may_apply_alone(
    send, run, coordinator, member, hanako, keiko, now
):
    application = send(coordinator, member)
    place = application.participants.get(user=hanako)
    drop_participant(participant=place, by=keiko, at=now)
    request = SeatRequest(applicant=HANAKO, email="hanako@example.jp")

    assert apply_for_seat(run=run, request=request, by=hanako, at=now).state == "accepted"
    assert differences() == []


def test_who_is_sent_earns_the_completion_and_nobody_else(
    send, run, leader, coordinator, member, keiko, hanako, now
):
    application = send(coordinator, member)
    place = application.participants.get(user=hanako)
    Completion.objects.create(
        participant=place, completed_on=now.date(), recorded_at=now, sessions_attended=1
    )
    assert completed_courses([hanako, keiko]) == {(hanako.pk, run.course_id)}
    assert [one.participant for one in own_completions(hanako)] == [place]
    assert own_completions(keiko) == []
    assert record_of(hanako, at=now).completed == 1
    assert record_of(keiko, at=now).completed == 0
    done = completed_by_members([leader, coordinator, member])
    assert [(one.member, one.course) for one in done] == [(member.pk, run.course_id)]


def test_member_without_account_earns_for_the_group_and_later_for_herself(
    send, group, run, leader, taro, now
):
    tome = MembershipFactory(
        group=group,
        user=None,
        email="",
        state="active",
        family_name="鈴木",
        given_name="とめ",
        family_name_kana="スズキ",
        given_name_kana="トメ",
        joined_at=now,
    )
    (place,) = send(tome).participants.all()
    assert differences() == []
    Completion.objects.create(
        participant=place, completed_on=now.date(), recorded_at=now, sessions_attended=1
    )
    assert (place.full_name, place.user, place.member_key) == ("鈴木 とめ", None, tome.key)
    done = completed_by_members([leader, tome])
    assert [(one.member, one.course) for one in done] == [(tome.pk, run.course_id)]

    accept_invitation(membership=tome, user=taro, at=tome.invited_at)
    assert completed_courses([taro]) == {(taro.pk, run.course_id)}


def test_nobody_is_sent(send):
    with pytest.raises(NobodySent):
        send()


def test_who_left_or_has_no_name_is_not_sent(send, member, coordinator, jiro):
    Membership.objects.filter(pk=member.pk).update(state="left")
    jiro.last_name = jiro.first_name = ""
    jiro.save()
    for one in (member, coordinator):
        with pytest.raises(MemberGone):
            send(one)


def test_only_organisers_of_a_registered_group_send(send, group, member, hanako, taro):
    with pytest.raises(NotAnOrganiser):
        send(member, by=hanako)
    with pytest.raises(NotAMember):
        send(member, by=taro)
    close(group)
    with pytest.raises(GroupClosed):
        send(member)
