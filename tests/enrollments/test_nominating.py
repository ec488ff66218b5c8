"""A section names its people: everybody gets a place and is told, or nobody is named."""

from dataclasses import fields
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.domain.refusal import NotAllowed
from courses.enums import PoolKind
from courses.models import WayIn
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.audit import differences
from enrollments.domain.correcting import Contact, correct_contact
from enrollments.domain.nominating import (
    NobodyNamed,
    Nominee,
    NomineeApplied,
    NotEnoughPlaces,
    NotNominatedHere,
    nominate,
    runs_to_nominate_for,
)
from enrollments.domain.refusals import AlreadyApplied, ApplicationsClosed, SamePersonTwice
from enrollments.models import Application, Nomination, Notification
from tests.enrollments.back_office import officer_of
from tests.enrollments.requests import HANAKO, JIRO, TARO, request_by
from tests.factories import (
    DepartmentFactory,
    SeatPoolFactory,
    StaffProfileFactory,
    UserFactory,
)


@pytest.fixture
def section(db):
    return DepartmentFactory(name="防災課")


@pytest.fixture
def sender(section):
    return officer_of(section)


@pytest.fixture
def staff_pool(run):
    run.pools.update(kind=PoolKind.CITIZENS)
    WayIn.objects.create(
        run=run, kind=PoolKind.STAFF, takes_nominations=True, needs_approval=True
    )
    return SeatPoolFactory(run=run, kind=PoolKind.STAFF, capacity=2)


def _people(*names):
    return [
        Nominee(name, f"n{position}@example.jp", staff_number=f"00{position}")
        for position, name in enumerate(names)
    ]


def _nominate(run, section, by, now, people, key=None):
    return nominate(
        run=run, department=section, people=people, form_key=key or uuid4(), by=by, at=now
    )


@pytest.mark.parametrize(
    ("number", "kana", "expected"),
    [
        ("000", "ハナコ", NomineeApplied),
        ("999", "ハナコ", list),
        ("000", "ハナ", list),
    ],
)
def test_one_employee_who_applied_as_a_citizen_has_one_place(
    run, staff_pool, section, sender, now, number, kana, expected
):
    """With the account's own address; the section writes the one at work."""
    user = UserFactory(
        email="private@example.jp", last_name_kana="ヤマダ", first_name_kana=kana
    )
    StaffProfileFactory(department=section, user=user, staff_number=number)
    own = request_by(HANAKO, email=user.email)
    apply_for_seat(run=run, request=own, by=user, at=now, pool_kind=PoolKind.CITIZENS)
    answer: object
    try:
        answer = _nominate(run, section, sender, now, _people(HANAKO))
    except NomineeApplied as refusal:
        answer = refusal

    assert type(answer) is expected


def test_named_employee_stays_one_person_after_a_correction(
    run, staff_pool, section, sender, now
):
    user = UserFactory(email="private@example.jp", last_name_kana="ヤマダ")
    user.first_name_kana = "ハナコ"
    user.save()
    StaffProfileFactory(department=section, user=user, staff_number="000")
    (named,) = _nominate(run, section, sender, now, _people(HANAKO))
    names = {one.name: getattr(named, one.name) for one in fields(Contact)}
    correct_contact(
        application=named,
        contact=Contact(**{**names, "phone": "0420-11-2222"}),
        link_id=uuid4(),
        by=officer_of(run.course.department),
        at=now,
    )

    with pytest.raises(AlreadyApplied):
        apply_for_seat(
            run=run,
            request=request_by(HANAKO, email=user.email),
            by=user,
            at=now,
            pool_kind=PoolKind.CITIZENS,
        )
    assert differences() == []


def test_named_people_have_places_and_are_told(run, staff_pool, section, sender, now):
    colleague = StaffProfileFactory(
        department=section, user=UserFactory(email="n0@example.jp")
    ).user

    made = _nominate(run, section, sender, now, _people(HANAKO, TARO))

    assert [one.state for one in made] == ["accepted", "accepted"]
    assert {one.department for one in made} == {section}
    assert [one.nomination.staff_number for one in made] == ["000", "001"]
    told = Notification.objects.filter(kind="accepted").order_by("recipient")
    assert [one.recipient for one in told] == ["n0@example.jp", "n1@example.jp"]
    assert "所属する課の推薦により、受講が決まりました。" in told[0].body
    assert made[0].participants.get().user == colleague
    assert made[1].participants.get().user is None
    assert differences() == []


def test_too_many_are_named_not_at_all(run, staff_pool, section, sender, now):
    with pytest.raises(NotEnoughPlaces):
        _nominate(run, section, sender, now, _people(HANAKO, TARO, JIRO))

    assert (Application.objects.count(), Notification.objects.count()) == (0, 0)
    staff_pool.refresh_from_db()
    assert staff_pool.seats_taken == 0


def test_same_form_again_names_nobody_twice(run, staff_pool, section, sender, now):
    key = uuid4()

    first = _nominate(run, section, sender, now, _people(HANAKO, TARO), key)
    again = _nominate(run, section, sender, now, _people(HANAKO, TARO), key)

    assert [one.pk for one in again] == [one.pk for one in first]
    assert (Nomination.objects.count(), Notification.objects.count()) == (2, 2)


def test_somebody_who_applied_is_named_in_the_refusal(
    run, staff_pool, section, sender, now
):
    own = StaffProfileFactory(department=section).user
    apply_for_seat(
        run=run,
        request=request_by(TARO, email="n1@example.jp"),
        by=own,
        at=now,
        pool_kind=PoolKind.STAFF,
    )

    with pytest.raises(NomineeApplied, match="佐藤 太郎"):
        _nominate(run, section, sender, now, _people(HANAKO, TARO))
    assert Nomination.objects.count() == 0


def test_nomination_needs_people_who_differ(run, staff_pool, section, sender, now):
    with pytest.raises(NobodyNamed):
        _nominate(run, section, sender, now, [])
    with pytest.raises(SamePersonTwice):
        _nominate(run, section, sender, now, _people(HANAKO, HANAKO))


def test_nomination_goes_by_the_window_of_staff(run, staff_pool, section, sender, now):
    run.ways_in.update(closes_at=now)

    with pytest.raises(ApplicationsClosed):
        _nominate(run, section, sender, now, _people(HANAKO))
    assert runs_to_nominate_for(at=now) == []
    assert runs_to_nominate_for(at=now - timedelta(days=1)) == [run]


def test_run_that_takes_no_nominations_refuses_them(run, staff_pool, section, sender, now):
    run.ways_in.update(takes_nominations=False)

    with pytest.raises(NotNominatedHere):
        _nominate(run, section, sender, now, _people(HANAKO))


def test_only_the_section_names_its_people(run, staff_pool, section, officer, hanako, now):
    head = StaffProfileFactory(department=section, role="head").user

    for somebody in (officer, hanako):
        with pytest.raises(NotAllowed):
            _nominate(run, section, somebody, now, _people(HANAKO))
    assert len(_nominate(run, section, head, now, _people(HANAKO))) == 1


def _sent(key, *rows):
    data = {"form_key": str(key), "people-TOTAL_FORMS": "5", "people-INITIAL_FORMS": "0"}
    names = ("family", "given", "family_kana", "given_kana", "staff_number", "email")
    for number in range(5):
        row = rows[number] if number < len(rows) else ("",) * 6
        data |= {f"people-{number}-{n}": v for n, v in zip(names, row, strict=True)}
    return data


@pytest.fixture
def _open_for_long(run, now):
    """Views go by the clock of the machine."""
    run.ways_in.update(closes_at=now + timedelta(days=4000))
    run.sessions.update(
        starts_at=now + timedelta(days=4001), ends_at=now + timedelta(days=4001, hours=2)
    )


@pytest.mark.usefixtures("_open_for_long")
def test_section_names_two_in_the_back_office(client, run, staff_pool, section, sender):
    client.force_login(sender)
    address = reverse("manage_nominate", args=[run.code])
    two = _sent(
        uuid4(),
        ("山田", "花子", "やまだ", "はなこ", "0012", "hanako@example.jp"),
        ("佐藤", "太郎", "さとう", "たろう", "", "taro@example.jp"),
    )

    assert address in client.get(reverse("manage_nominations")).content.decode()
    assert client.post(address, two | {"people-1-email": ""}).status_code == 422
    assert Nomination.objects.count() == 0
    assert client.post(address, two).status_code == 302
    html = client.get(address).content.decode()
    assert "山田 花子（0012）" in html
    assert "佐藤 太郎" in html


@pytest.mark.usefixtures("_open_for_long")
@pytest.mark.parametrize(
    ("who", "nominations", "nominate_one", "approvals"),
    [
        ("officer of a section", 200, 200, 403),
        ("head of a section", 200, 200, 200),
        ("administrator without a section", 403, 403, 200),
        ("resident", 403, 403, 403),
        ("anonymous", 302, 302, 302),
    ],
)
def test_pages_of_sections_open_for(
    client, run, staff_pool, section, who, nominations, nominate_one, approvals
):
    people = {
        "officer of a section": officer_of(section),
        "head of a section": officer_of(section),
        "administrator without a section": UserFactory(is_superuser=True),
        "resident": UserFactory(),
    }
    if who == "head of a section":
        profile = people[who].staff_profile
        type(profile).objects.filter(pk=profile.pk).update(role="head")
    if who in people:
        client.force_login(people[who])

    answers = {
        "manage_nominations": nominations,
        "manage_approvals": approvals,
    }
    for name, expected in answers.items():
        assert client.get(reverse(name)).status_code == expected, name
    one = reverse("manage_nominate", args=[run.code])
    assert client.get(one).status_code == nominate_one
