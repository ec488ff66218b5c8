"""Old addresses of pages lead on to the new ones, those of calendars go on answering."""

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from cms.models import CoursePage, NewsPage
from courses.models import FormerSlug
from tests.courses.calendars import events_in, unfolded
from tests.factories import CourseFactory
from tests.pages import publish_page


def rename(page, slug: str) -> None:
    page = page.specific_class.objects.get(pk=page.pk)
    page.slug = slug
    page.save_revision().publish()


@pytest.fixture
def renamed(offer):
    """A course that moved from /courses/防災/ to /courses/new/."""
    run = offer("防災")
    rename(CoursePage.objects.get(course=run.course), "new")
    return run


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/courses/防災/", "/courses/new/"),
        ("/en/courses/防災/", "/en/courses/new/"),
    ],
)
def test_former_address_of_a_course_leads_to_the_new_one(client, renamed, old, new):
    response = client.get(old)

    assert (response.status_code, response["Location"]) == (301, new)
    assert response["Cache-Control"] == "public, max-age=3600"
    assert client.get(new).status_code == 200


def test_former_address_of_a_course_taken_down_leads_nowhere(client, renamed):
    CoursePage.objects.get(course=renamed.course).unpublish()

    assert client.get("/courses/防災/").status_code == 404


def test_calendar_under_a_former_address_is_the_calendar_itself(client, renamed):
    """Some programs follow no redirect; SOURCE tells the others where it is now."""
    former = client.get("/courses/防災/calendar.ics")

    assert former.status_code == 200
    assert former.content == client.get("/courses/new/calendar.ics").content
    assert f"SOURCE;VALUE=URI:{settings.PUBLIC_URL}/courses/new/calendar.ics" in unfolded(
        former.content
    )


def test_calendar_of_a_course_taken_down_still_answers(client, renamed):
    """Subscribers are to see that its sessions are cancelled."""
    CoursePage.objects.get(course=renamed.course).unpublish()

    response = client.get("/courses/防災/calendar.ics")

    assert response.status_code == 200
    assert {str(event["STATUS"]) for event in events_in(response.content)} == {"CANCELLED"}


def test_page_of_another_course_cannot_take_a_former_address(renamed):
    other = publish_page(CourseFactory(slug="other", published_at=None))
    other.slug = "防災"

    with pytest.raises(ValidationError) as refusal:
        other.full_clean()

    assert refusal.value.message_dict == {
        "slug": ["このアドレス名は、別の講座が使っています。"]
    }


def test_page_can_go_back_to_its_former_address(client, renamed):
    rename(CoursePage.objects.get(course=renamed.course), "防災")

    assert client.get("/courses/防災/").status_code == 200
    assert client.get("/courses/new/")["Location"] == "/courses/%E9%98%B2%E7%81%BD/"
    assert list(FormerSlug.objects.values_list("slug", flat=True)) == ["new"]


@pytest.mark.parametrize("language", ["", "/en"])
def test_former_address_of_any_other_page_leads_to_the_new_one(
    client, site, language, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        rename(NewsPage.objects.get(slug="winter"), "fuyu")

    response = client.get(f"{language}/news/winter/")

    assert response.status_code == 301
    assert response["Location"] == f"{language}/news/fuyu/"


def test_unknown_address_in_english_stays_unknown(client, site):
    assert client.get("/en/news/nothing/").status_code == 404
