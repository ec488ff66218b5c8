"""What is new in a search, as Atom: valid, stable, conditional, and nobody's data."""

from datetime import timedelta
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from courses.domain.sessions import cancel_session
from courses.models import Course, Stage
from tests.factories import NOON, CourseFactory, UserFactory, VenueFactory

DAY = timedelta(days=1)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _address(settings):
    settings.PUBLIC_URL = "https://manabi.example.jp"


def fetch(client, query: str = "", **headers):
    return client.get(f"/courses/feed.atom{query}", **headers)


def feed(client, query: str = ""):
    response = fetch(client, query)
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)  # noqa: S314


def titles(client, query: str = "") -> list[str]:
    return [
        entry.findtext(f"{ATOM}title") for entry in feed(client, query).iter(f"{ATOM}entry")
    ]


def test_entry_tells_the_course_and_nothing_else(client, offer):
    run = offer(
        "防災",
        course={"summary": "a < b & 備え", "created_at": NOON - 40 * DAY},
        created_at=NOON - 20 * DAY,
        session={"revised_at": NOON - 5 * DAY},
    )
    run.course.stages.add(Stage.objects.get(key="growth"))
    (entry,) = feed(client).iter(f"{ATOM}entry")

    told = {child.tag.removeprefix(ATOM): child for child in entry}
    assert told["id"].text == f"tag:manabi.example.jp,2026-10-12:course/{run.course_id}"
    assert told["title"].text == "防災"
    assert told["summary"].text == "a &lt; b &amp; 備え"
    assert told["link"].get("href") == f"https://manabi.example.jp/courses/{quote('防災')}/"
    assert told["published"].text == "2026-11-21T03:00:00+00:00"
    assert told["updated"].text == "2026-11-21T03:00:00+00:00"
    assert told["category"].get("term") == "成長・安定"
    assert set(told) == {
        "id",
        "title",
        "summary",
        "link",
        "published",
        "updated",
        "author",
        "category",
    }


def test_feed_names_itself_its_page_and_its_search(client, offer):
    offer("防災")
    root = feed(client, "?open=on&stage=growth&page=4&stage=nope")

    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {
        "alternate": "https://manabi.example.jp/courses/?stage=growth&open=1",
        "self": "https://manabi.example.jp/courses/feed.atom?stage=growth&open=1",
    }
    name = Stage.objects.get(key="growth").name
    assert root.findtext(f"{ATOM}title") == f"{name}・いま申し込める｜まなびば"
    assert root.findtext(f"{ATOM}id") == links["self"]
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "ja"


def test_feed_follows_the_search(client, offer):
    offer("北の講座", venue=VenueFactory(area="北"))
    offer("南の講座", venue=VenueFactory(area="南"), fee=500)
    offer("終わった講座", days=-3)
    CourseFactory(title="下書き", published_at=None)
    offer("取り下げた講座").course.pages.get().unpublish()

    assert set(titles(client)) == {"北の講座", "南の講座"}
    assert titles(client, f"?area={quote('北')}") == ["北の講座"]
    assert titles(client, f"?area={quote('北')}&fee=paid") == []
    assert titles(client, "?from=2026-11-01&to=2026-11-20") == ["終わった講座"]


def test_latest_change_comes_first(client, offer):
    old, new = offer("一"), offer("二")
    Course.objects.update(published_at=NOON - 30 * DAY)
    for run in (old, new):
        run.created_at = NOON - 30 * DAY
        run.save()
    new.sessions.update(revised_at=NOON - 9 * DAY)
    old.sessions.update(revised_at=NOON - 2 * DAY)

    assert titles(client) == ["一", "二"]
    assert feed(client).findtext(f"{ATOM}updated") == "2026-11-19T03:00:00+00:00"


def test_unchanged_feed_is_not_sent_again(client, offer):
    run = offer("防災")
    first = fetch(client)

    same = fetch(client, HTTP_IF_NONE_MATCH=first["ETag"])
    since = fetch(client, HTTP_IF_MODIFIED_SINCE=first["Last-Modified"])
    assert (same.status_code, since.status_code, same.content) == (304, 304, b"")

    cancel_session(
        session=run.sessions.get(),
        reason="台風",
        by=UserFactory(is_superuser=True),
        at=NOON + DAY,
    )
    changed = fetch(client, HTTP_IF_NONE_MATCH=first["ETag"])
    assert changed.status_code == 200
    assert changed["Last-Modified"] != first["Last-Modified"]


def test_feed_without_entries_is_stable_too(client, site):
    first, second = fetch(client), fetch(client)

    assert first.content == second.content
    assert first["Last-Modified"] == "Fri, 31 Dec 1999 15:00:00 GMT"
    assert list(feed(client).iter(f"{ATOM}entry")) == []


def test_feed_is_cacheable_in_one_language_and_sets_no_cookie(client, offer):
    offer("防災")
    plain = fetch(client)

    assert plain["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert plain["Vary"] == "Accept-Encoding"
    assert plain["Cache-Control"] == "public, max-age=600, must-revalidate"
    assert plain.cookies == {}
    assert fetch(client, HTTP_ACCEPT_LANGUAGE="en").content == plain.content
    assert client.post("/courses/feed.atom").status_code == 405


@pytest.mark.parametrize("query", ["?q=%00%EF%BF%BD", "?month=9999-99&view=month&page=x"])
def test_strange_query_gives_a_feed(client, site, query):
    assert fetch(client, query).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_feed_takes_a_fixed_number_of_queries(
    client, offer, django_assert_num_queries, number
):
    for at in range(number):
        offer(f"講座{at}")
    fetch(client)
    with django_assert_num_queries(9):
        fetch(client)
