"""Public pages of venues, instructors and partners, made from their rows."""

from datetime import time

import pytest
from django.urls import reverse

from courses.models import (
    ClosingDay,
    CoursePartner,
    Instructor,
    Partner,
    Theme,
    Venue,
    VenueFeature,
)
from tests.factories import (
    NOON,
    CourseFactory,
    DepartmentFactory,
    InstructorFactory,
    RoomFactory,
    StaffProfileFactory,
    VenueFactory,
)

WHEELCHAIR, TOILET = "wheelchairPermissionStatus", "multipurposeToiletStatus"


def html_of(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def public_instructor(**facts) -> Instructor:
    return InstructorFactory(**{"consents_to_publish": True, "approved_at": NOON, **facts})


@pytest.fixture
def venue(site) -> Venue:
    made: Venue = VenueFactory(
        code="midoriba",
        name="みどりば",
        postal_code="1999901",
        address="緑町2丁目",
        phone="0420-51-2025",
        closed_weekdays="13",
        opens_at=time(9),
        closes_at=time(21, 30),
        parking="1",
        parking_note="6台",
    )
    VenueFeature.objects.create(venue=made, item=WHEELCHAIR, presence="1")
    VenueFeature.objects.create(venue=made, item=TOILET, presence="0")
    VenueFeature.objects.create(venue=made, item="nurseryStatus", presence="9")
    RoomFactory(venue=made, name="会議室A", capacity=24, equipment="プロジェクター")
    return made


def test_venue_tells_its_facts(client, venue):
    html = html_of(client, "/venues/midoriba/")

    for words in (
        "〒199-9901",
        '<a href="tel:0420512025">0420-51-2025</a>',
        "9:00〜21:30",
        "休館日：月曜日、水曜日",
        "あり（6台）",
        "会議室A",
        "24人",
        "プロジェクター",
        "/venues/midoriba/calendar.ics",
    ):
        assert words in html


def test_venue_says_what_is_there_what_is_not_and_nothing_of_the_unknown(client, venue):
    facts = client.get("/venues/midoriba/").context["barrier_free"]

    assert [(fact.label, fact.presence) for fact in facts] == [
        ("車いすの利用", "あり"),
        ("バリアフリートイレ", "なし"),
    ]


def test_venue_tells_of_closing_days_to_come(client, venue):
    for name, month in (("点検", 12), ("終わった点検", 10)):
        day = NOON.date().replace(month=month)
        ClosingDay.objects.create(venue=venue, name=name, first_day=day, last_day=day)

    html = html_of(client, "/venues/midoriba/")

    assert "12月21日（月）　点検" in html
    assert "終わった点検" not in html


def test_venue_shows_the_courses_to_come_there(client, venue, offer):
    offer("防災", venue=venue)
    offer("よそ", venue=VenueFactory())
    offer("部屋で", session={"room": venue.rooms.get()})
    offer("終わった", venue=venue, days=-3)
    offer("移った", venue=venue, session={"venue": VenueFactory()})

    cards = client.get("/venues/midoriba/").context["cards"]

    assert sorted(card.title for card in cards) == ["部屋で", "防災"]


def test_venues_are_found_by_area_and_by_what_they_have(client, venue):
    VenueFactory(name="北原センター", area="北原")
    VenueFactory(name="地区なし", area="")

    everything = client.get("/venues/").context
    assert [area.name for area in everything["areas"]] == ["中央", "北原", ""]

    shown = client.get(f"/venues/?need={WHEELCHAIR}").context
    assert [v.name for area in shown["areas"] for v in area.venues] == ["みどりば"]


def test_what_a_venue_is_known_to_lack_does_not_find_it(client, venue):
    html = html_of(client, f"/venues/?need={WHEELCHAIR}&need={TOILET}")

    assert "見つかりませんでした" in html


def test_needs_that_are_none_are_left_out(client, venue):
    assert client.get("/venues/?need=nope&need=%F0%9F%A6%8A").context["total"] == 1


def test_venue_that_is_none_is_not_found(client, site):
    assert client.get("/venues/none/").status_code == 404


def test_calendar_of_a_venue_names_its_page(client, venue, offer):
    offer("防災", venue=venue)

    feed = client.get("/venues/midoriba/calendar.ics").content.decode()

    assert "/venues/midoriba/" in feed.split("BEGIN:VEVENT")[0].replace("\r\n ", "")


@pytest.mark.parametrize("hidden", [{"consents_to_publish": False}, {"approved_at": None}])
def test_instructor_without_consent_or_approval_is_not_found(client, site, hidden):
    person = public_instructor(family_name="秘密", **hidden)

    assert client.get(reverse("instructor_page", args=[person.pk])).status_code == 404
    assert "秘密" not in html_of(client, "/instructors/")


def test_instructor_page_shows_courses_coming_and_past(client, offer):
    person = public_instructor(profile="15年続けています。", areas="北原")
    person.themes.add(Theme.objects.get(key="disaster"))
    for title, days in (("防災", 9), ("昔の防災", -9)):
        offer(title, days=days).course.instructors.add(person)
    draft = CourseFactory(title="下書き", published_at=None)
    draft.instructors.add(person)
    session = offer("一回だけ").sessions.get()
    session.teaching.create(instructor=person)

    response = client.get(reverse("instructor_page", args=[person.pk]))

    html = response.content.decode()
    assert {card.title for card in response.context["cards"]} == {"防災", "一回だけ"}
    assert [course.title for course in response.context["past"]] == ["昔の防災"]
    assert "15年続けています。" in html
    assert "下書き" not in html
    assert "依頼したいとき" not in html


def test_local_talent_is_asked_through_the_section_that_approved(client, site):
    section = DepartmentFactory(name="市民活動推進課", phone="0420-60-1830")
    person = public_instructor(
        is_local_talent=True, approved_by=StaffProfileFactory(department=section).user
    )

    html = html_of(client, reverse("instructor_page", args=[person.pk]))

    assert "市が依頼を取り次ぎます。" in html
    assert "市民活動推進課" in html
    assert "tel:0420601830" in html


def test_what_is_internal_of_an_instructor_is_not_shown(client, site):
    person = public_instructor(fee_note="謝金2万円", staff_note="夜は不可")

    html = html_of(client, reverse("instructor_page", args=[person.pk]))

    assert "謝金2万円" not in html
    assert "夜は不可" not in html


def test_instructors_are_narrowed_by_theme_and_talent(client, site):
    disaster = public_instructor(family_name="石神")
    disaster.themes.add(Theme.objects.get(key="disaster"))
    public_instructor(family_name="関根", is_local_talent=True)

    def names(query: str) -> list[str]:
        people = client.get(f"/instructors/{query}").context["people"]
        return [person.family_name for person in people]

    assert names("?theme=disaster") == ["石神"]
    assert names("?talent=1") == ["関根"]
    assert len(names("?theme=none")) == 2


def test_partner_page_says_its_part_in_each_public_course(client, offer):
    partner = Partner.objects.create(name="川を愛する会", description="30年の記録です。")
    for course in (offer("川の観察").course, CourseFactory(published_at=None)):
        for relation in ("co_organiser", "cooperation"):
            CoursePartner.objects.create(course=course, partner=partner, relation=relation)

    response = client.get(reverse("partner_page", args=[partner.pk]))

    lines = response.context["coming"]
    assert [(line.course.title, line.relations) for line in lines] == [
        ("川の観察", "共催・協力")
    ]
    assert "30年の記録です。" in response.content.decode()


def test_partner_behind_drafts_only_is_not_found(client, site):
    partner = Partner.objects.create(name="準備中の会")
    draft = CourseFactory(published_at=None)
    CoursePartner.objects.create(course=draft, partner=partner, relation="organiser")

    assert client.get(reverse("partner_page", args=[partner.pk])).status_code == 404


@pytest.mark.parametrize("name", ["instructor_page", "partner_page"])
def test_number_beyond_every_key_is_not_found(client, site, name):
    assert client.get(reverse(name, args=[10**30])).status_code == 404


def test_course_page_leads_to_venue_instructor_and_partner(client, venue, offer):
    course = offer("防災", venue=venue).course
    person = public_instructor()
    partner = Partner.objects.create(name="消防署")
    course.instructors.add(person)
    CoursePartner.objects.create(course=course, partner=partner, relation="cooperation")

    html = html_of(client, "/courses/防災/")

    for address in (
        "/venues/midoriba/",
        f"/instructors/{person.pk}/",
        f"/partners/{partner.pk}/",
    ):
        assert f'href="{address}"' in html


def test_pages_are_in_english_too(client, venue):
    assert "Monday, Wednesday" in html_of(client, "/en/venues/midoriba/")


def test_pages_take_as_many_queries_for_three_courses_as_for_one(
    client, venue, offer, django_assert_max_num_queries
):
    person, partner = public_instructor(), Partner.objects.create(name="会")
    addresses = (
        "/venues/",
        "/venues/midoriba/",
        "/instructors/",
        reverse("instructor_page", args=[person.pk]),
        reverse("partner_page", args=[partner.pk]),
    )

    def fill(number: int) -> list[int]:
        for at in range(number):
            course = offer(f"{number}-{at}", venue=venue).course
            course.instructors.add(person)
            CoursePartner.objects.create(
                course=course, partner=partner, relation="cooperation"
            )
            VenueFactory()
            public_instructor().themes.add(Theme.objects.first())
        counts = []
        for address in addresses:
            client.get(address)
            with django_assert_max_num_queries(30) as counted:
                client.get(address)
            counts.append(len(counted))
        return counts

    assert fill(1) == fill(2)
