"""One address per page, in both languages; what is private is found by nobody."""

import re

import pytest
from django.http import QueryDict

from cms.addresses import catalogue_query, worth_finding
from courses.models import Instructor, Partner
from tests.factories import CourseFactory, CourseRunFactory, InstructorFactory, VenueFactory
from tests.pages import publish_page

SITE = "https://manabi.example.jp"


@pytest.fixture(autouse=True)
def public_url(settings):
    settings.PUBLIC_URL = SITE


def head(client, path: str) -> dict[str, list[str]]:
    html = client.get(path).content.decode()
    return {
        "canonical": re.findall(r'<link rel="canonical" href="([^"]*)">', html),
        "alternates": re.findall(
            r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">', html
        ),
        "robots": re.findall(r'<meta name="robots" content="([^"]*)">', html),
    }


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    "path",
    ["/", "/courses/", "/courses/%E9%98%B2%E7%81%BD/", "/news/winter/", "/calendar/"],
)
def test_public_page_names_its_address_in_both_languages(client, offer, prefix, path):
    offer("防災")

    assert head(client, f"{prefix}{path}?utm_source=x") == {
        "canonical": [f"{SITE}{prefix}{path}"],
        "alternates": [
            ("ja", SITE + path),
            ("en", f"{SITE}/en{path}"),
            ("x-default", SITE + path),
        ],
        "robots": [],
    }


@pytest.mark.parametrize(
    "path",
    [
        "/no-such-page/",
        "/courses/no-such-course/",
        "/accounts/login/",
        "/held-again/asked/",
        "/courses/bosai/held-again/",
        "/groups/new/",
    ],
)
def test_other_pages_are_not_to_be_found(client, offer, path):
    offer("bosai")

    found = head(client, path)

    assert (found["canonical"], found["alternates"]) == ([], [])
    assert found["robots"] in (["noindex"], [])
    assert client.get(path).status_code == 302 or found["robots"] == ["noindex"]


def test_form_of_an_application_is_not_to_be_found(client, offer):
    run = offer("bosai")

    assert head(client, f"/apply/{run.code}/")["robots"] == ["noindex"]


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("", ""),
        ("theme=disaster", "theme=disaster"),
        ("theme=b&theme=a&kind=course", "kind=course&theme=a&theme=b"),
        ("page=3&view=month&sort=new&utm_source=x", ""),
        ("q=&open=", ""),
        ("theme=a&theme=a", "theme=a"),
    ],
)
def test_same_choice_has_one_address(typed, query):
    assert catalogue_query(QueryDict(typed)) == query


@pytest.mark.parametrize(
    ("typed", "worth"),
    [
        ("", True),
        ("theme=disaster", True),
        ("venue=hall", True),
        ("q=", True),
        ("utm_source=x", True),
        ("theme=a&theme=b", False),
        ("theme=a&kind=course", False),
        ("q=防災", False),
        ("from=2026-12-01", False),
        ("open=1", False),
        ("page=2", False),
        ("view=month", False),
    ],
)
def test_one_topic_is_worth_finding(typed, worth):
    assert worth_finding(QueryDict(typed)) is worth


def test_narrowed_catalogue_leads_on_without_being_found(client, site):
    found = head(client, "/courses/?open=1&page=1")

    assert found["robots"] == ["noindex,follow"]
    assert found["canonical"] == [f"{SITE}/courses/?open=1"]


def test_what_is_not_understood_is_in_no_address(client, site):
    found = head(client, "/courses/?theme=nope&stage=growth")

    assert found["canonical"] == [f"{SITE}/courses/?stage=growth"]
    assert found["robots"] == []


def test_second_page_of_the_news_is_a_page_of_its_own(client, site):
    assert head(client, "/news/?page=2")["canonical"] == [f"{SITE}/news/?page=2"]


def locations(client) -> list[str]:
    text = client.get("/sitemap.xml").content.decode()
    return re.findall(r"<loc>([^<]*)</loc>", text)


def test_sitemap_names_public_pages_in_both_languages(client, offer):
    offer("防災")
    draft = publish_page(CourseFactory(slug="draft", published_at=None))
    draft.unpublish()

    found = locations(client)

    assert f"{SITE}/" in found
    assert f"{SITE}/courses/%E9%98%B2%E7%81%BD/" in found
    assert f"{SITE}/en/courses/%E9%98%B2%E7%81%BD/" in found
    assert f"{SITE}/stages/growth/" in found
    assert not [address for address in found if "draft" in address]
    assert len(found) == len(set(found))


def test_sitemap_names_nothing_that_is_somebodys_own(client, offer):
    offer("bosai")

    private = r"/(my|apply|applications|accounts|manage|held-again)/"
    assert [address for address in locations(client) if re.search(private, address)] == []


def test_sitemap_leaves_out_lecturers_who_are_not_public(client, offer):
    hidden = InstructorFactory(consents_to_publish=False)
    offer("bosai").course.instructors.add(hidden)

    assert Instructor.objects.count() == 1
    assert not [one for one in locations(client) if one.endswith(f"/{hidden.pk}/")]


def test_sitemap_says_when_a_date_was_changed(client, offer):
    run = offer("bosai")
    run.sessions.update(revised_at="2026-11-22T10:00:00+09:00")

    text = client.get("/sitemap.xml").content.decode()

    assert (
        f"<loc>{SITE}/courses/bosai/</loc><lastmod>2026-11-22T01:00:00+00:00</lastmod>"
        f'<xhtml:link rel="alternate" hreflang="ja" href="{SITE}/courses/bosai/" />'
        f'<xhtml:link rel="alternate" hreflang="en" href="{SITE}/en/courses/bosai/" />'
    ) in text


def test_sitemap_takes_as_many_queries_for_three_courses_as_for_one(
    client, offer, django_assert_num_queries
):
    def counted() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            client.get("/sitemap.xml")
        return len(queries)

    offer("one", venue=VenueFactory())
    Partner.objects.create(name="市民の会")
    first = counted()
    for number in range(2):
        CourseRunFactory(course=offer(f"more-{number}", venue=VenueFactory()).course)
    assert counted() == first <= 8


def test_robots_lead_to_the_sitemap(client, db):
    text = client.get("/robots.txt").content.decode()

    assert f"Sitemap: {SITE}/sitemap.xml" in text
    assert "Disallow: /en/my/" in text
    assert "calendar" not in text
