"""Venues, closing days and instructors in the back office."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.permissions import ADMINISTRATORS, OFFICERS, set_up_roles
from courses.models import ClosingDay, Instructor, Room, Venue
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    DepartmentFactory,
    InstructorFactory,
    PublicInstructorFactory,
    RoomFactory,
    SeatPoolFactory,
    SessionFactory,
    StaffProfileFactory,
    ThemeFactory,
    UserFactory,
    VenueFactory,
)
from tests.pages import publish_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def roles(site):
    return dict(zip((OFFICERS, ADMINISTRATORS), set_up_roles(), strict=True))


def _staff(roles, name, **profile):
    user = StaffProfileFactory(**profile).user
    user.groups.add(roles[name])
    return user


@pytest.fixture
def officer(roles):
    return _staff(roles, OFFICERS)


@pytest.fixture
def head(roles):
    return _staff(roles, OFFICERS, role="head")


def _venue(*rooms: dict, there: int = 0, **changes) -> dict:
    said = {"name": "東会館", "code": "higashi", "parking": "9"}
    rows = {"rooms-TOTAL_FORMS": str(len(rooms)), "rooms-INITIAL_FORMS": str(there)}
    for number, room in enumerate(rooms):
        rows |= {f"rooms-{number}-{name}": value for name, value in room.items()}
    return said | rows | changes


def test_venue_is_added_with_rooms_opening_and_barrier_free_facts(client, officer):
    client.force_login(officer)
    answer = client.post(
        reverse("venues:add"),
        _venue(
            {"name": "和室", "capacity": "20", "equipment": "机10台"},
            {"name": "", "capacity": "", "equipment": ""},
            closed_weekdays=["3", "1"],
            opens_at="09:00",
            closes_at="21:30",
            parking="1",
            feature_wheelchair="1",
            feature_subtitles="0",
            feature_writing="9",
        ),
    )
    assert answer.status_code == 302
    venue = Venue.objects.get()
    assert (venue.closed_weekdays, venue.parking) == ("13", "1")
    assert list(venue.rooms.values_list("name", "capacity", "equipment")) == [
        ("和室", 20, "机10台")
    ]
    assert set(venue.features.values_list("item", "presence")) == {
        ("wheelchairPermissionStatus", "1"),
        ("subtitlesStatus", "0"),
    }


def test_what_becomes_unknown_has_no_row(client, officer):
    venue = VenueFactory()
    venue.features.create(item="subtitlesStatus", presence="1")
    client.force_login(officer)
    data = _venue(code=venue.code, feature_subtitles="9", feature_wheelchair="2")
    client.post(reverse("venues:edit", args=[venue.pk]), data)
    assert list(venue.features.values_list("item", "presence")) == [
        ("wheelchairPermissionStatus", "2")
    ]


def test_room_in_use_is_not_deleted_with_its_row(client, officer):
    used, spare = RoomFactory(name="和室"), RoomFactory(name="洋室")
    venue = used.venue
    Room.objects.filter(pk=spare.pk).update(venue=venue)
    SessionFactory(room=used)
    client.force_login(officer)
    rows = [
        {"id": str(room.pk), "name": room.name, "DELETE": "on"} for room in (used, spare)
    ]
    url = reverse("venues:edit", args=[venue.pk])

    answer = client.post(url, _venue(*rows, there=2, code=venue.code))
    words = "「和室」は使われているため、削除できません。"
    assert (answer.status_code, words in answer.content.decode()) == (200, True)
    assert venue.rooms.count() == 2
    del rows[0]["DELETE"]
    assert client.post(url, _venue(*rows, there=2, code=venue.code)).status_code == 302
    assert list(venue.rooms.all()) == [used]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (("21:00", "09:00"), "閉館は開館より後の時刻にしてください。"),
        (("09:00", ""), "開館と閉館の時刻は、両方を入力してください。"),
    ],
)
def test_opening_hours_are_in_order_and_whole(client, officer, said, words):
    client.force_login(officer)
    data = _venue(opens_at=said[0], closes_at=said[1])
    answer = client.post(reverse("venues:add"), data)
    assert words in answer.content.decode()
    assert not Venue.objects.exists()


def test_closing_day_of_all_venues_is_added(client, officer):
    client.force_login(officer)
    said = {"name": "夏季点検", "first_day": "2027-08-12", "last_day": "2027-08-11"}
    answer = client.post(reverse("closing_days:add"), said)
    assert "最後の日は最初の日以後にしてください。" in answer.content.decode()

    said["last_day"] = "2027-08-15"
    assert client.post(reverse("closing_days:add"), said).status_code == 302
    assert ClosingDay.objects.get(name="夏季点検").last_day == date(2027, 8, 15)


def _person(**changes) -> dict:
    said = {
        "family_name": "鈴木",
        "given_name": "一郎",
        "family_name_kana": "すずき",
        "given_name_kana": "イチロウ",
    }
    return said | changes


def test_instructor_is_added_with_consent_and_waits_for_approval(client, officer):
    theme = ThemeFactory(parent=ThemeFactory())
    VenueFactory(area="桜台")
    client.force_login(officer)
    client.post(
        reverse("instructors:add"),
        _person(
            themes=[str(theme.pk)],
            areas=["桜台", "市内全域"],
            contact_email="Suzuki@example.jp",
            contact_phone="０４２０−１２−３４５６",
            is_local_talent="on",
            fee_note="1回1万円",
            staff_note="電話は夕方に",
            consents_to_publish="on",
            consented_on="2026-11-02",
        ),
    )
    person = Instructor.objects.get()
    assert (person.full_name_kana, list(person.themes.all())) == (
        "スズキ イチロウ",
        [theme],
    )
    assert (person.consented_on, person.is_public) == (date(2026, 11, 2), False)
    assert (person.areas, person.contact_email, person.contact_phone) == (
        "桜台、市内全域",
        "suzuki@example.jp",
        "0420-12-3456",
    )
    edit = client.get(reverse("instructors:edit", args=[person.pk])).content.decode()
    assert "承認待ちです。" in edit
    assert "承認する</button>" not in edit


def test_head_approves_and_the_name_appears_on_the_page_at_once(client, head):
    person = InstructorFactory(family_name="髙梨", consents_to_publish=True)
    course = CourseFactory()
    course.instructors.add(person)
    SessionFactory(run=CourseRunFactory(course=course))
    publish_page(course)
    client.force_login(head)
    edit = reverse("instructors:edit", args=[person.pk])
    assert "承認する</button>" in client.get(edit).content.decode()
    client.post(reverse("instructors:approve", args=[person.pk]))

    person.refresh_from_db()
    assert person.approved_by == head
    client.logout()
    assert "髙梨" in client.get(course.get_absolute_url()).content.decode()
    assert course.title in client.get("/courses/?q=髙梨").content.decode()

    client.force_login(head)
    client.post(edit, _person(family_name="髙梨"))
    client.logout()
    assert "髙梨" not in client.get(course.get_absolute_url()).content.decode()
    assert course.title not in client.get("/courses/?q=髙梨").content.decode()


def test_officer_does_not_approve(client, officer):
    person = InstructorFactory(consents_to_publish=True)
    client.force_login(officer)
    answer = client.post(reverse("instructors:approve", args=[person.pk]), follow=True)
    person.refresh_from_db()
    assert person.approved_at is None
    assert "権限がありません" in answer.content.decode()


def test_approval_is_withdrawn_by_a_head_and_never_by_a_link(client, head):
    person = PublicInstructorFactory()
    url = reverse("instructors:withdraw_approval", args=[person.pk])
    client.force_login(head)
    assert client.get(url).status_code == 405
    client.post(url)
    person.refresh_from_db()
    assert not person.is_public


@pytest.mark.parametrize("act", ["approve", "withdraw_approval"])
def test_residents_reach_no_approval(client, site, act):
    person = PublicInstructorFactory()
    client.force_login(UserFactory())
    client.post(reverse(f"instructors:{act}", args=[person.pk]))
    person.refresh_from_db()
    assert person.is_public


@pytest.mark.parametrize("kind", ["rooms", "instructors", "venues"])
def test_uses_show_what_is_booked_and_a_day_free_and_busy(client, officer, kind):
    start = timezone.localtime().replace(hour=13, minute=0) + timedelta(days=3)
    room, person = RoomFactory(), InstructorFactory()
    session = SessionFactory(
        run__course__title="地域防災講座",
        run__course__department=DepartmentFactory(name="防災課"),
        number=2,
        room=room,
        venue=room.venue,
        starts_at=start,
        ends_at=start + timedelta(hours=2),
    )
    session.teaching.create(instructor=person)
    booked = {"rooms": room, "instructors": person, "venues": room.venue}[kind]
    url = reverse(f"{kind}:uses", args=[booked.pk])
    client.force_login(officer)

    html = client.get(url, {"day": start.date().isoformat()}).content.decode()
    assert html.count("「地域防災講座」第2回") == 2
    assert "09:00〜13:00" in html
    assert "15:00〜21:00" in html
    assert "防災課" in html
    nonsense = client.get(url, {"day": "31-02", "p": "999"})
    assert nonsense.status_code == 200


def test_uses_are_closed_to_residents(client, site):
    client.force_login(UserFactory())
    assert client.get(reverse("rooms:uses", args=[RoomFactory().pk])).status_code in (
        302,
        403,
    )


def test_uses_take_the_same_queries_for_one_and_three_sessions(client, officer):
    room = RoomFactory()
    client.force_login(officer)
    url = reverse("rooms:uses", args=[room.pk])
    counted = []
    for day in (3, 4, 5):
        start = timezone.now() + timedelta(days=day)
        SessionFactory(
            room=room, starts_at=start, run__course__department=DepartmentFactory()
        )
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counted.append(len(queries))
    assert counted[0] == counted[2]


def test_run_page_says_which_room_is_too_small(client, officer):
    start = timezone.now() + timedelta(days=20)
    department = officer.staff_profile.department
    run = CourseRunFactory(course__department=department)
    SeatPoolFactory(run=run, capacity=30)
    room = RoomFactory(name="和室", capacity=20, venue__name="東会館")
    SessionFactory(run=run, room=room, starts_at=start)
    client.force_login(officer)

    html = client.get(reverse("manage_run", args=[run.code])).content.decode()
    assert "東会館 和室は20人までの部屋です。定員は30人です。" in html
