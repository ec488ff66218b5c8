"""News: related courses, and the Atom feed."""

from xml.etree import ElementTree

import pytest

from cms.models import NewsCourse, NewsIndexPage, NewsPage
from tests.factories import NOON, CourseFactory

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client) -> list[str]:
    response = client.get("/news/feed.atom")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(response.content)  # noqa: S314
    return [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]


@pytest.fixture
def page(site) -> NewsPage:
    return NewsPage.objects.get()


def test_news_shows_cards_of_its_public_courses(client, page, offer):
    draft = CourseFactory(title="下書き", published_at=None)
    page.related_courses = [
        NewsCourse(course=offer("防災").course),
        NewsCourse(course=draft),
    ]
    page.save_revision().publish()

    response = client.get("/news/winter/")

    assert [card.title for card in response.context["cards"]] == ["防災"]
    assert "関係する講座" in response.content.decode()


def test_news_without_courses_has_no_such_heading(client, page):
    assert "関係する講座" not in client.get("/news/winter/").content.decode()


def test_feed_holds_live_news_newest_first(client, page):
    index = NewsIndexPage.objects.get()
    newer = NewsPage(title="新しい", slug="newer", dated_on=NOON.date().replace(day=22))
    index.add_child(instance=newer)
    index.add_child(instance=NewsPage(title="下書き", slug="draft", live=False))

    assert entries(client) == ["新しい", "冬の講座"]


def test_feed_is_answered_shortly_where_nothing_changed(client, page):
    page.save_revision().publish()
    first = client.get("/news/feed.atom")

    again = client.get(
        "/news/feed.atom", headers={"if-modified-since": first["Last-Modified"]}
    )

    assert again.status_code == 304


def test_news_that_was_taken_down_leaves_the_feed(client, page):
    page.unpublish()

    assert entries(client) == []


def test_list_of_news_names_its_feed(client, page):
    html = client.get("/news/").content.decode()

    assert 'type="application/atom+xml"' in html
    assert 'href="/news/feed.atom"' in html


def test_feed_takes_as_many_queries_for_three_news_as_for_one(
    client, page, django_assert_num_queries
):
    with django_assert_num_queries(4):
        client.get("/news/feed.atom")
    for number in range(2):
        NewsIndexPage.objects.get().add_child(
            instance=NewsPage(title=f"お知らせ{number}", slug=f"n{number}")
        )

    with django_assert_num_queries(4):
        client.get("/news/feed.atom")
