"""The stages' names are provisional: renaming one is one edit, and flows everywhere."""

import pytest

from courses.models import Course, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
NEW, NEW_EN = "新しい呼び名", "A new name"
ADDRESSES = (
    "/",
    "/courses/",
    "/courses/?stage=participation",
    "/courses/{course}/",
    "/courses/{course}/calendar.ics",
    "/stages/",
    "/stages/participation/",
    "/stages/participation/calendar.ics",
    "/stages/check/?q1=1",
    "/groups/",
    "/paths/",
    "/series/",
    "/calendar/",
    "/recommendations/",
)


@pytest.fixture
def renamed() -> tuple[str, Course]:
    stage = Stage.objects.get(key="participation")
    old = str(stage.label)
    stage.name, stage.name_en = NEW, NEW_EN
    stage.save()
    return old, Course.objects.public().filter(stages=stage).order_by("pk")[0]


@pytest.mark.parametrize("address", ADDRESSES)
def test_former_name_is_nowhere(client, renamed, address):
    old, course = renamed
    answer = client.get(address.format(course=course.slug))

    assert answer.status_code == 200
    assert old not in answer.content.decode()


@pytest.mark.parametrize("address", ["/stages/participation/", "/en/stages/participation/"])
def test_new_name_is_what_the_page_passes_on(client, renamed, address):
    page = client.get(address).content.decode()

    name = NEW_EN if address.startswith("/en/") else NEW
    assert f'<meta property="og:title" content="{name}">' in page
    assert f"<title>{name} | " in page


@pytest.mark.parametrize("name", ["events.csv", "events.json"])
def test_open_data_has_no_former_name(client, renamed, name):
    old, _course = renamed
    answer = client.get(f"/opendata/{name}")

    assert answer.status_code == 200
    assert old not in answer.getvalue().decode("utf-8-sig")
