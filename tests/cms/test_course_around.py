"""What stands around a course: what comes next, when it was held, and being told."""

import json
import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from courses.models import (
    Audience,
    CoursePartner,
    Partner,
    Stage,
    Theme,
    VenueFeature,
)
from enrollments.models import HeldAgainWish
from tests.factories import (
    NOON,
    CourseFactory,
    CourseRunFactory,
    SessionFactory,
    UserFactory,
    VenueFactory,
)
from tests.pages import publish_page

DAY = timedelta(days=1)
ASK = 'action="/courses/bosai/held-again/"'


def show(client, path: str = "/courses/bosai/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_related_courses_say_why(client, offer):
    theme = Theme.objects.get(key="disaster")
    first, second = Stage.objects.all()[:2]
    run = offer("bosai")
    following = offer("つぎの講座", days=20)
    for one, stage in ((run, first), (following, second)):
        one.course.themes.add(theme)
        one.course.stages.add(stage)

    html = show(client)

    assert "この講座のつぎに" in html
    assert "次のステージの講座 受付中 つぎの講座 12月11日（金）12:00〜14:00" in words(html)


def test_related_course_that_can_be_joined_goes_before_a_closed_one(client, offer):
    theme = Theme.objects.get(key="disaster")
    offer("bosai").course.themes.add(theme)
    for title, days, closes in (("終わった講座", 10, -1), ("まだの講座", 20, 5)):
        run = offer(title, days=days)
        run.course.themes.add(theme)
        type(run).objects.filter(pk=run.pk).update(
            applications_close_at=NOON + closes * DAY
        )

    text = words(show(client))

    assert text.index("受付中 まだの講座") < text.index("受付終了 終わった講座")


def test_course_without_relations_has_no_such_part(client, offer):
    offer("bosai")

    assert "この講座のつぎに" not in show(client)


def test_last_held_is_told(client, offer):
    run = offer("bosai")
    past = CourseRunFactory(course=run.course, venue=VenueFactory(name="市民会館"))
    for number in (1, 2):
        SessionFactory(run=past, number=number, starts_at=NOON - (100 - number) * DAY)

    text = words(show(client))

    assert "前回の開催: 8月14日（金）（全2回） 市民会館" in text


@pytest.mark.parametrize("past", [{"state": "cancelled"}, None])
def test_run_that_was_not_held_is_not_the_last(client, offer, past):
    run = offer("bosai")
    if past:
        called_off = CourseRunFactory(course=run.course, **past)
        SessionFactory(run=called_off, starts_at=NOON - 100 * DAY)

    assert "前回の開催" not in show(client)


@pytest.mark.parametrize(
    ("offered", "heading"),
    [
        ({"days": -3}, "次の開催を知らせてもらう"),
        ({"state": "cancelled"}, "次の開催を知らせてもらう"),
        ({"state": "postponed"}, "次の開催を知らせてもらう"),
        ({"applications_close_at": NOON}, "次の開催を知らせてもらう"),
        ({"taken": 20, "waiting_list": False}, "次の開催を知らせてもらう"),
        ({"applications_open_at": NOON + DAY}, "受付が始まったら知らせてもらう"),
    ],
)
def test_page_offers_to_tell_where_nothing_can_be_done(client, offer, offered, heading):
    offer("bosai", **offered)

    html = show(client)

    assert heading in html
    assert ASK in html
    assert "この講座の開催をお知らせするためだけに使います" in html


@pytest.mark.parametrize(
    "offered",
    [
        {},
        {"taken": 20},
        {"selection_mode": "open"},
        {"applications_open_at": None, "applications_close_at": None},
    ],
)
def test_page_does_not_offer_it_where_something_can_be_done(client, offer, offered):
    offer("bosai", **offered)

    assert ASK not in show(client)


def test_course_without_dates_offers_to_tell(client, site):
    publish_page(CourseFactory(slug="bosai", published_at=None))

    assert "日程が決まったら知らせてもらう" in show(client)


def test_form_for_everybody_sets_no_cookie(client, offer):
    """The page is kept for all who are not signed in."""
    offer("bosai", days=-3)

    response = client.get("/courses/bosai/")

    assert "csrfmiddlewaretoken" not in response.content.decode()
    assert response.cookies == {}


def test_signed_in_person_sees_own_address_and_then_that_it_is_noted(client, offer):
    run = offer("bosai", days=-3)
    user = UserFactory(email="hanako@example.jp")
    EmailAddress.objects.create(user=user, email=user.email, verified=True)
    client.force_login(user)
    assert "hanako@example.jp にお知らせします。" in show(client)

    HeldAgainWish.objects.create(course=run.course, email=user.email, confirmed_at=NOON)

    assert "取り消しはマイページでできます。" in show(client)


def test_support_audiences_partners_and_ways_in_are_told(client, offer):
    venue = VenueFactory(name="市民会館", accessibility="呼び鈴があります。")
    for item, presence in (
        ("wheelchairPermissionStatus", "1"),
        ("multipurposeToiletStatus", "1"),
        ("subtitlesStatus", "0"),
    ):
        VenueFeature.objects.create(venue=venue, item=item, presence=presence)
    run = offer(
        "bosai",
        venue=venue,
        has_childcare=True,
        childcare_note="1歳から",
        has_sign_language=True,
        has_captioning=True,
    )
    run.course.audiences.add(Audience.objects.create(key="all", name="どなたでも歓迎"))
    partner = Partner.objects.create(name="市民の会")
    CoursePartner.objects.create(course=run.course, partner=partner, relation="supporter")

    text = words(show(client))

    assert "対象 どなたでも歓迎" in text
    assert "保育 あり 1歳から" in text
    assert "参加のための支援 手話通訳 要約筆記" in text
    assert "会場のバリアフリー 車いすの利用、バリアフリートイレ 呼び鈴があります。" in text
    assert "字幕" not in text
    assert "後援：市民の会" in text.replace("後援： ", "後援：")


def linked_data(html: str) -> dict:
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    return json.loads(block)


def test_linked_data_tell_what_the_page_tells(client, offer, settings):
    settings.PUBLIC_URL = "https://manabi.example.jp"
    run = offer("bosai", course={"title_en": "Disaster readiness"})
    past = CourseRunFactory(course=run.course)
    SessionFactory(run=past, starts_at=NOON - 100 * DAY)

    course, event = linked_data(show(client))["@graph"]

    assert course["url"] == "https://manabi.example.jp/courses/bosai/"
    assert [one["@id"] for one in course["hasCourseInstance"]] == [
        f"https://manabi.example.jp/courses/bosai/#run-{run.code}"
    ]
    assert event["startDate"] == "2026-12-05T12:00:00+09:00"
    english = linked_data(show(client, "/en/courses/bosai/"))["@graph"][0]
    assert english["name"] == "Disaster readiness"
    assert english["url"] == "https://manabi.example.jp/en/courses/bosai/"


def test_course_that_is_over_tells_of_its_last_run(client, offer):
    run = offer("bosai", days=-3)

    course, _event = linked_data(show(client))["@graph"]

    (instance,) = course["hasCourseInstance"]
    assert instance["@id"].endswith(f"#run-{run.code}")
