"""Pictures on cards."""

import pytest
from django.core.cache import caches
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from cms.models import CoursePage
from cms.presenters.covers import Cover, covers_of


@pytest.fixture
def pictures(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    caches["renditions"].clear()
    return tmp_path


def give_cover(run) -> None:
    image = get_image_model().objects.create(title="表紙", file=get_test_image_file())
    CoursePage.objects.filter(course=run.course_id).update(cover=image)


def test_cover_is_sized_once(pictures, offer, django_assert_num_queries):
    run = offer("防災")
    give_cover(run)

    first = covers_of([run.course_id])

    cover = first[run.course_id]
    assert (cover.width, cover.height) == (640, 280)
    assert cover.url.startswith("/media/images/")
    with django_assert_num_queries(1):
        assert covers_of([run.course_id]) == first


def test_course_without_a_picture_has_no_cover(offer):
    run = offer("防災")

    assert covers_of([run.course_id]) == {}


def test_lost_file_leaves_the_card_without_a_picture(pictures, client, offer):
    run = offer("防災")
    give_cover(run)
    (image,) = get_image_model().objects.all()
    image.file.storage.delete(image.file.name)

    response = client.get("/courses/")

    assert response.status_code == 200
    assert response.context["cards"][0].cover is None


def test_card_shows_its_picture_without_a_text_of_its_own(pictures, client, offer):
    run = offer("防災")
    give_cover(run)

    html = client.get("/courses/").content.decode()

    cover: Cover = covers_of([run.course_id])[run.course_id]
    assert f'src="{cover.url}" width="640" height="280" alt=""' in html


def test_catalogue_with_pictures_takes_fifteen_queries(
    pictures, client, offer, django_assert_max_num_queries
):
    def fill(number: int) -> int:
        for at in range(number):
            give_cover(offer(f"講座{number}-{at}"))
        client.get("/courses/")
        with django_assert_max_num_queries(15) as counted:
            client.get("/courses/")
        return len(counted)

    assert fill(1) == fill(2)
