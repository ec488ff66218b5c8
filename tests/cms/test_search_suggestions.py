"""Suggestions while typing: by letters and by ear, as a part of a page and as one."""

import pytest
from time_machine import travel

from cms.search.likeness import Likeness, likeness, ways_of
from cms.search.suggesting import suggestions, tidy
from courses.models import Course, Series, Stage, Theme
from tests.factories import (
    NOON,
    CourseFactory,
    CourseRunFactory,
    DepartmentFactory,
    InstructorFactory,
    PublicInstructorFactory,
    SessionFactory,
    ThemeFactory,
    VenueFactory,
)
from tests.pages import publish_page, publish_series

pytestmark = pytest.mark.django_db


def offered(title: str, kana: str = "", **fields) -> Course:
    course = CourseFactory(title=title, title_kana=kana, slug=title, **fields)
    publish_page(course)
    return course


def names(text: str) -> list[str]:
    return [f"{found.kind} {found.name}" for found in suggestions(text, at=NOON)]


@pytest.fixture
def city(site) -> None:
    Theme.objects.filter(parent__isnull=False).delete()
    Theme.objects.all().delete()
    ThemeFactory(key="craft", name="伝統工芸", name_en="Crafts")
    course = offered("陶芸入門", "トウゲイニュウモン", title_en="Pottery for beginners")
    venue = VenueFactory(code="kama", name="登り窯会館", name_kana="ノボリガマカイカン")
    SessionFactory(run=CourseRunFactory(course=course, venue=venue))
    course.instructors.add(
        PublicInstructorFactory(
            family_name="髙窯",
            given_name="徹",
            family_name_kana="タカガマ",
            given_name_kana="トオル",
        )
    )
    series = Series.objects.create(
        slug="tsuchi",
        title="土と暮らす",
        theme=Theme.objects.get(),
        department=DepartmentFactory(code="crafts"),
    )
    publish_series(series)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("陶", ["course 陶芸入門"]),
        ("と", ["course 陶芸入門", "instructor 髙窯 徹"]),
        ("とう", ["course 陶芸入門"]),
        ("ﾄｳｹﾞ", ["course 陶芸入門"]),
        ("とうげいn", ["course 陶芸入門"]),
        ("入門", ["course 陶芸入門"]),
        ("にゅうもん", ["course 陶芸入門"]),
        ("pott", ["course 陶芸入門"]),
        ("陶芸 入門", ["course 陶芸入門"]),
        ("工芸", ["theme 伝統工芸"]),
        ("でんとう", ["theme 伝統工芸"]),
        ("craft", ["theme 伝統工芸"]),
        ("つち", ["series 土と暮らす"]),
        ("のぼりがま", ["venue 登り窯会館"]),
        ("高窯", ["instructor 髙窯 徹"]),
        ("たかがま", ["instructor 髙窯 徹"]),
        ("げい", []),
        ("囲碁", []),
        ("陶芸 囲碁", []),
        ("", []),
        ("！", []),
    ],
)
def test_names_are_found_by_letters_and_by_ear(city, typed, found):
    assert names(typed) == found


def test_stages_are_suggested(site):
    stage = Stage.objects.first()

    assert f"stage {stage.name}" in names(stage.furigana[:3])


def test_who_is_not_public_is_not_suggested(city):
    course = Course.objects.get()
    hidden = {"consents_to_publish": True, "family_name": "隠岐", "given_name": "守"}
    course.instructors.add(InstructorFactory(**hidden, approved_at=None))
    PublicInstructorFactory(family_name="無職", given_name="守")  # teaches nothing
    offered("隠岐の講座")
    Course.objects.filter(title="隠岐の講座").update(withdrawn_at=NOON)
    VenueFactory(code="nobody", name="隠岐会館")

    assert names("隠岐") == []
    assert names("無職") == []


def test_there_are_eight_at_most_and_four_of_a_kind(city):
    for number in range(6):
        coming = CourseRunFactory(course=offered(f"窯の講座{number}"))
        SessionFactory(run=coming, starts_at=NOON)
        ThemeFactory(name=f"窯のこと{number}")
        VenueFactory(code=f"kama{number}", name=f"窯会館{number}")
        CourseRunFactory(
            course=Course.objects.get(slug="陶芸入門"),
            venue=VenueFactory(code=f"in{number}", name=f"窯場{number}"),
        )
    found = names("窯")

    assert len(found) == 8
    assert [name.split()[0] for name in found] == ["course"] * 4 + ["theme"] * 4


def test_what_is_to_come_is_before_what_is_over(site):
    offered("木工A")
    SessionFactory(run=CourseRunFactory(course=offered("木工B")), starts_at=NOON)

    assert names("木工") == ["course 木工B", "course 木工A"]


def test_a_sound_that_is_not_finished_is_left_out():
    assert tidy("わーくs") == "わーく"
    assert tidy("わーくsh") == "わーく"
    assert tidy("windows") == "windows"
    assert tidy("  ＳＮＳ　を ") == "SNS を"


def test_the_beginning_is_nearer_than_the_inside():
    ways = ways_of("地域防災講座", "", "")

    assert likeness(["地域"], ways) == Likeness.BEGINS
    assert likeness(["防災"], ways) == Likeness.BEGINS_A_WORD
    assert likeness(["ぼうさ"], ways) == Likeness.BEGINS_A_WORD
    assert likeness(["災講"], ways) == Likeness.HOLDS
    assert likeness(["うさい"], ways) == Likeness.NONE
    assert likeness(["防災", "登山"], ways) == Likeness.NONE


@travel(NOON, tick=False)
def test_suggestions_are_a_page_without_scripts(client, city):
    page = client.get("/courses/suggest/?q=陶").content.decode()

    assert "<h1>言葉の候補</h1>" in page
    assert '<a href="/courses/陶芸入門/">陶芸入門</a>' in page
    assert '<meta name="robots" content="noindex">' in page
    page = client.get("/courses/suggest/?q=囲碁").content.decode()
    assert "「囲碁」で始まる講座や会場などは見つかりませんでした。" in page
    assert "言葉の候補" in client.get("/courses/suggest/").content.decode()


def test_suggestions_are_a_part_of_a_page_for_htmx(client, city):
    part = client.get("/courses/suggest/?q=陶", headers={"HX-Request": "true"})

    assert "<html" not in part.content.decode()
    assert "候補が1件あります。" in part.content.decode()
    empty = client.get("/courses/suggest/?q=囲碁", headers={"HX-Request": "true"})
    assert empty.content.decode().strip() == ""


def test_links_lead_to_pages_and_to_courses(client, city):
    def link(text):
        return client.get("/courses/suggest/", {"q": text}).content.decode()

    assert 'href="/courses/?theme=craft"' in link("工芸")
    assert 'href="/series/tsuchi/"' in link("土と")
    assert 'href="/en/courses/陶芸入門/">Pottery' in (
        client.get("/en/courses/suggest/?q=pottery").content.decode()
    )


@pytest.mark.parametrize(
    "text",
    [
        "\x00",
        "😀👨‍👩‍👧",
        "𠮷",
        "か\u3099",
        "%ED%A0%80",
        "א" * 50,
        "あ" * 10_000,
        "'\"<b>&%_",
        "\\",
    ],
)
def test_any_text_may_be_typed(client, city, text):
    for address in ("/courses/suggest/", "/courses/"):
        assert client.get(address, {"q": text}).status_code == 200
        assert client.get(f"{address}?q={text}").status_code == 200


def test_names_are_escaped(client, city):
    publish_page(CourseFactory(title="<script>alert(1)</script>鋏", slug="hasami"))
    page = client.get("/courses/suggest/?q=鋏").content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;鋏</a>" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("text", ["窯", "窯の講"])
def test_suggestions_cost_the_same_for_one_as_for_three(
    site, text, django_assert_num_queries, django_assert_max_num_queries
):
    offered("窯の講座一")
    with django_assert_max_num_queries(3) as one:
        assert len(names(text)) == 1
    offered("窯の講座二")
    offered("窯の講座三")
    with django_assert_num_queries(len(one)):
        assert len(names(text)) == 3


@pytest.mark.parametrize("address", ["/", "/courses/"])
def test_search_boxes_ask_for_suggestions_and_work_without(client, site, address):
    page = client.get(address).content.decode()

    assert 'hx-get="/courses/suggest/"' in page
    assert 'formaction="/courses/suggest/"' in page
    assert "cms/js/suggestions" in page
