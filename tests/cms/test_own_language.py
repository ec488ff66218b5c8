"""On English pages, what the city wrote in Japanese only is marked as Japanese."""

from html.parser import HTMLParser

import pytest
from django.utils import translation

from cms.templatetags.manabiba import own_language
from tests.factories import PublicInstructorFactory, RoomFactory, VenueFactory

pytestmark = pytest.mark.django_db
WITHOUT_END = {"area", "br", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Languages(HTMLParser):
    """The language in which each piece of text is read out."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [("", "")]
        self.read: list[tuple[str, str]] = []

    def handle_starttag(self, tag, attributes):
        if tag not in WITHOUT_END:
            self.open.append((tag, dict(attributes).get("lang") or self.open[-1][1]))

    def handle_endtag(self, tag):
        if tag in (name for name, _language in self.open):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data):
        self.read.append((data, self.open[-1][1]))


def languages_of(html: str, text: str) -> set[str]:
    """Those in which a text is read out in the body of a page."""
    parser = Languages()
    parser.feed(html.partition("<body")[2])
    return {language for data, language in parser.read if text in data}


@pytest.fixture
def html(client, offer):
    room = RoomFactory(name="大会議室", venue=VenueFactory(name="緑野ホール"))
    run = offer(
        "防災のはじめ",
        course={"summary": "備えを学ぶ。"},
        venue=room.venue,
        bring="筆記用具",
        fee_note="教材費込み",
    )
    run.course.instructors.add(PublicInstructorFactory(family_name="佐伯"))
    return client.get("/en/courses/防災のはじめ/").content.decode()


@pytest.mark.parametrize(
    "text",
    ["防災のはじめ", "備えを学ぶ。", "緑野ホール", "筆記用具", "教材費込み", "佐伯"],
)
def test_english_course_page_says_what_is_japanese(html, text):
    assert languages_of(html, text) == {"ja"}


@pytest.mark.parametrize(
    "view", ["list", "month&month=2026-12", "week&week=2026-12-05", "agenda"]
)
def test_english_catalogue_says_what_is_japanese(client, offer, view):
    offer("防災のはじめ", venue=VenueFactory(name="緑野ホール"))
    page = client.get(f"/en/courses/?view={view}").content.decode()
    for text in ("防災のはじめ", "緑野ホール"):
        assert languages_of("<body" + page.partition("<main")[2], text) == {"ja"}


def test_japanese_page_marks_nothing():
    with translation.override("ja"):
        assert own_language("防災のはじめ") == "防災のはじめ"


@pytest.mark.parametrize(
    ("written", "marked"),
    [
        ("Disaster readiness", "Disaster readiness"),
        ("防災 & 減災", '<span lang="ja">防災 &amp; 減災</span>'),
        ("A & B", "A &amp; B"),
        ("𠮷", '<span lang="ja">𠮷</span>'),
        ("", ""),
    ],
)
def test_only_japanese_is_marked(written, marked):
    with translation.override("en"):
        assert own_language(written) == marked
