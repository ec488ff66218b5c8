"""“Add to calendar” on every page that has a calendar, and the page that explains it."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest

from accounts.exchange.paper.qr import qr_svg
from cms.presenters.calendars import calendar_of
from cms.presenters.feed_links import feed_links
from courses.models import Series, Stage, Theme
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.leaving import withdraw
from enrollments.domain.links import application_calendar_path, application_token
from learning_paths.models import Group
from tests.enrollments.requests import HANAKO, request_by
from tests.factories import (
    NOON,
    CourseRunFactory,
    DepartmentFactory,
    GroupFactory,
    SessionFactory,
    VenueFactory,
)
from tests.pages import publish_series

SITE = "https://manabi.example.jp"
HEAD = re.compile(r'<link rel="alternate" type="text/calendar" title="(.*?)" href="(.*?)">')


@pytest.fixture(autouse=True)
def public_url(settings):
    settings.PUBLIC_URL = SITE


def read(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def feeds(html: str) -> list[tuple[str, str]]:
    return HEAD.findall(html)


def assert_has_calendar(html: str, address: str, *, name: str, guide: str) -> None:
    bare = f"manabi.example.jp{address}"
    assert feeds(html) == [(name, f"{SITE}{address}")]
    assert f'href="webcal://{bare}"' in html
    assert f'value="{SITE}{address}"' in html
    cid = quote(f"webcal://{bare}", safe="")
    assert f"https://calendar.google.com/calendar/r?cid={cid}" in html
    for office in ("outlook.live.com", "outlook.office.com"):
        assert f"https://{office}/calendar/0/addfromweb?url=https%3A%2F%2Fmanabi" in html
    assert f'href="{guide}#steps"' in html
    assert f'src="{guide.replace("calendar/", "calendar/qr.svg", 1)}"' in html
    assert 'alt="スマートフォンで開くためのQRコード"' in html


def test_course_page_has_its_calendar_in_every_way(client, offer):
    offer("bosai")

    assert_has_calendar(
        read(client, "/courses/bosai/"),
        "/courses/bosai/calendar.ics",
        name="bosai",
        guide="/calendar/?course=bosai",
    )


def test_every_way_says_what_to_expect_of_changes(client, offer):
    offer("bosai")

    html = read(client, "/courses/bosai/")

    for sentence in (
        "1時間ごとから週1回まで、カレンダーの設定で自分でえらべます。",
        "変更が届くまで数時間から1日ほどで、自分では早められません。",
        "個人のMicrosoftアカウントのカレンダーです。変更が届くまで、数時間かかります。",
        "職場や学校のMicrosoft 365のカレンダーです。変更が届くまで、数時間かかります。",
        "変更が届く間隔は、カレンダーによって違います。",
        "いまの日程を一度だけ写します。あとの変更や中止は届きません。",
        "映して見る方法です（購読といいます）。",
    ):
        assert html.count(sentence) == 1, sentence


def test_sessions_to_come_can_be_taken_as_files(client, offer):
    run = offer("bosai", days=14)
    past = SessionFactory(run=run, number=2, starts_at=NOON - timedelta(days=3))
    off = SessionFactory(
        run=run, number=3, starts_at=NOON + timedelta(days=15), state="cancelled"
    )

    html = read(client, "/courses/bosai/")

    coming = run.sessions.get(number=1)
    assert f'<a href="/sessions/{coming.key}.ics" download>12月5日（土）12:00' in html
    assert f"/sessions/{past.key}.ics" not in html
    assert f"/sessions/{off.key}.ics" not in html
    assert client.get(f"/sessions/{coming.key}.ics").status_code == 200


def test_each_of_several_runs_has_its_own_calendar(client, offer):
    run = offer("bosai", days=14)
    later = CourseRunFactory(course=run.course, label="春")
    SessionFactory(run=later, number=1, starts_at=NOON + timedelta(days=90))

    html = read(client, "/courses/bosai/")

    for one in (run, later):
        assert f'href="webcal://manabi.example.jp/runs/{one.code}/calendar.ics"' in html
        assert f'id="calendar-{one.code}-address"' in html
        assert client.get(f"/runs/{one.code}/calendar.ics").status_code == 200
    assert html.count('id="calendar-address"') == 1


def test_only_run_is_not_offered_twice(client, offer):
    run = offer("bosai")
    assert f"/runs/{run.code}/calendar.ics" not in read(client, "/courses/bosai/")


def test_stage_venue_and_joint_session_have_theirs(client, offer):
    venue = VenueFactory(code="north", name="北会館")
    run = offer("godo", course={"kind": "joint_session"}, venue=venue)

    stage = read(client, "/stages/growth/")
    name = Stage.objects.get(key="growth").label
    assert_has_calendar(
        stage, "/stages/growth/calendar.ics", name=name, guide="/calendar/?stage=growth"
    )
    assert_has_calendar(
        read(client, "/venues/north/"),
        "/venues/north/calendar.ics",
        name="北会館",
        guide="/calendar/?venue=north",
    )
    assert_has_calendar(
        read(client, f"/joint/{run.course.slug}/"),
        "/courses/godo/calendar.ics",
        name="godo",
        guide="/calendar/?course=godo",
    )


def test_series_and_group_have_theirs(client, site):
    series = Series.objects.create(
        slug="bosai-series",
        title="防災シリーズ",
        theme=Theme.objects.get(key="disaster"),
        department=DepartmentFactory(),
    )
    publish_series(series)
    GroupFactory(code="midori", name="緑の会")

    assert_has_calendar(
        read(client, "/series/bosai-series/"),
        "/series/bosai-series/calendar.ics",
        name="防災シリーズ",
        guide="/calendar/?series=bosai-series",
    )
    assert_has_calendar(
        read(client, "/groups/midori/"),
        "/groups/midori/calendar.ics",
        name="緑の会",
        guide="/calendar/?group=midori",
    )


def test_every_search_has_its_own_with_what_was_chosen(client, offer):
    offer("bosai")

    html = read(client, "/courses/?stage=growth&open=1&view=month&sort=newest")

    query = "stage=growth&amp;open=1"
    assert_has_calendar(
        html.replace("&amp;", "&"),
        "/calendar.ics?stage=growth&open=1",
        name="この条件のカレンダー",
        guide="/calendar/?stage=growth&open=1",
    )
    assert f'href="/calendar/?{query}"' in html


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("", "/calendar.ics"),
        ("?stage=growth&page=3", "/calendar.ics?stage=growth"),
        ("?course=防災", f"/courses/{quote('防災')}/calendar.ics"),
        ("?course=none", "/calendar.ics"),
        ("?course=%00", "/calendar.ics"),
        ("?group=midori", "/groups/midori/calendar.ics"),
        ("?group=closed", "/calendar.ics"),
        ("?run=none&course=防災", f"/courses/{quote('防災')}/calendar.ics"),
    ],
)
def test_explanation_is_of_the_calendar_asked_for(client, offer, asked, address):
    offer("防災")
    GroupFactory(code="midori", name="緑の会")
    GroupFactory(code="closed", state="closed")

    html = read(client, f"/calendar/{asked}")

    assert [href for _title, href in feeds(html)] == [f"{SITE}{address}"]
    said = "そのカレンダーは見つからないため、すべての講座のものを表示しました。" in html
    assert said == (asked in ("?course=none", "?course=%00", "?group=closed"))


def test_explanation_has_steps_for_every_kind_of_calendar(client, offer):
    run = offer("防災")

    html = read(client, f"/calendar/?run={run.code}")

    found = re.findall(r"<summary>(.*?)</summary>", html)
    assert [name for name in found if "QR" not in name and name != "メニュー"] == [
        "iPhone・iPad",
        "Androidのスマートフォン",
        "Google カレンダー（パソコン）",
        "Outlook（Outlook.com、職場・学校のMicrosoft 365）",
        "Mac",
        "Thunderbird",
    ]
    assert f"/runs/{run.code}/calendar.ics" in html
    assert "「防災」のカレンダー購読" in html


def test_draft_has_no_explanation_of_its_own(client, offer):
    run = offer("防災", state="planned")
    run.course.pages.get().unpublish()

    for asked in ("course=防災", f"run={run.code}"):
        assert "防災" not in read(client, f"/calendar/?{asked}")


def test_secret_calendar_is_named_by_no_page():
    links = feed_links(f"{SITE}/calendar/secret.ics")

    assert (links.guide, links.photographed) == (
        "",
        "webcal://manabi.example.jp/calendar/secret.ics",
    )


def test_picture_leads_to_the_explanation_in_the_readers_language(client, offer):
    run = offer("bosai")
    links = calendar_of(run.course)

    assert links.photographed == f"{SITE}/calendar/?course=bosai"
    html = read(client, "/en/courses/bosai/")
    assert "/en/calendar/?course=bosai#steps" in html


def test_picture_is_drawn_when_somebody_looks(client):
    answer = client.get("/calendar/qr.svg?course=bosai")

    drawn = answer.content.decode()
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Cache-Control"] == "public, max-age=86400"
    assert drawn == qr_svg(f"{SITE}/calendar/?course=bosai")
    assert not answer.cookies


def test_picture_leads_to_the_page_in_its_own_language(client):
    drawn = client.get("/en/calendar/qr.svg").content.decode()

    assert drawn == qr_svg(f"{SITE}/en/calendar/")


@pytest.mark.django_db
def test_address_longer_than_a_picture_holds_is_none(client):
    assert client.get(f"/calendar/qr.svg?q={'x' * 3000}").status_code == 404


def test_picture_of_an_application_opens_its_calendar_alone(client, offer):
    run = offer("bosai")
    place = apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=NOON)

    answer = client.get(f"/applications/{application_token(place)}/calendar.svg")

    own = f"webcal://manabi.example.jp{application_calendar_path(place)}"
    assert answer.content.decode() == qr_svg(own)
    assert "no-store" in answer["Cache-Control"]
    assert client.get("/applications/forged/calendar.svg").status_code == 404


def test_receipt_draws_no_picture_before_somebody_looks(client, offer, monkeypatch):
    run = offer("bosai")
    place = apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=NOON)
    address = f"/applications/{application_token(place)}/"
    monkeypatch.setattr("cms.templatetags.calendars.qr_address", None)

    assert f'src="{address}calendar.svg"' in read(client, address)


def test_what_has_no_calendar_is_refused():
    with pytest.raises(TypeError):
        calendar_of(Group)


def test_receipt_has_the_calendar_of_the_application(client, offer):
    run = offer("bosai")
    place = apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=NOON)

    html = read(client, f"/applications/{application_token(place)}/")

    own = application_calendar_path(place)
    assert feeds(html) == [("bosai", f"{SITE}{own}")]
    assert f'href="webcal://manabi.example.jp{own}"' in html
    assert 'calendar.ics">申し込んだ日程のファイル</a>' in html
    assert "ほかの人には見せないでください。" in html
    assert client.get(own).status_code == 200


def test_secret_calendar_brings_its_own_steps(client, offer):
    """Those of the page of subscriptions would add the calendar of everything."""
    run = offer("bosai")
    place = apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=NOON)

    html = read(client, f"/applications/{application_token(place)}/")

    steps = html.split("<summary>くわしい手順と、やめ方</summary>", 1)[1]
    own = f"webcal://manabi.example.jp{application_calendar_path(place)}"
    assert steps.count(f'href="{own}"') == 2
    assert "<summary>Androidのスマートフォン</summary>" in steps
    assert "#steps" not in html
    assert set(re.findall(r'href="(webcal://[^"]+)"', html)) == {own}


def test_ended_application_has_none(client, offer):
    run = offer("bosai")
    place = apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=NOON)
    withdraw(application=place, by=None, at=NOON)

    html = read(client, f"/applications/{application_token(place)}/")

    assert "webcal://" not in html


def test_search_too_long_for_a_picture_is_shown_without_one(client, offer):
    """A QR code holds 2,331 signs, and a phone reads far fewer from a screen."""
    offer("bosai")
    words = "q=" + quote("\N{CROSSED FLAGS}" * 100)
    calendar = f"https%3A%2F%2Fmanabi.example.jp%2Fcalendar.ics%3F{quote(words, safe='')}"

    for address in (f"/courses/?{words}", f"/calendar/?{words}"):
        html = read(client, address)
        assert calendar in html
        assert "スマートフォンで開く" not in html
