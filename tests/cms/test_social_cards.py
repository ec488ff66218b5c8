"""The picture of a course: the right words, drawn once, and only for what is public."""

import re
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from PIL import Image

from cms.models import CoursePage
from cms.presenters import social_card as presenter
from cms.presenters.social_card import digest_of, present_cards
from cms.social_cards import drawing, lines
from cms.social_cards.drawing import CardWords, card_png, drawable
from cms.social_cards.lines import phrases, wrapped
from cms.views import social_card as view
from courses.models import Course, Stage
from tests.factories import NOON, VenueFactory

WORDS = CardWords(
    title="はじめての市民活動講座",
    kind="講座",
    when="12月5日（土）10:00〜12:00",
    place="市民会館",
    city="みどり野市",
    site="まなびば",
    colour="#1a7f37",
)


@pytest.fixture(autouse=True)
def no_cards():
    cache.clear()


def image_of(client, path: str = "/courses/bosai/") -> str:
    html = client.get(path).content.decode()
    (address,) = re.findall(r'<meta property="og:image" content="([^"]*)">', html)
    return address


def card_of(client, path: str = "/courses/bosai/") -> str:
    """The path of the address that the page names."""
    return urlsplit(image_of(client, path)).path


def wide(text: str) -> float:
    return float(len(text))


def test_card_is_as_large_as_previews_want_it():
    image = Image.open(BytesIO(card_png(WORDS)))

    assert (image.format, image.size) == ("PNG", (1200, 630))
    assert image.convert("RGB").getpixel((5, 300)) == (0x1A, 0x7F, 0x37)


def test_card_stays_small():
    assert len(card_png(WORDS)) < 60_000


@pytest.mark.parametrize("title", ["防" * 160, "a" * 160, "防災 " * 40, "。" * 160])
def test_every_title_fits(title):
    assert card_png(CardWords(**{**vars(WORDS), "title": title})) is not None


@pytest.mark.parametrize(
    ("text", "shown"),
    [("髙𠮷﨑", "髙𠮷﨑"), ("防災😀", "防災"), ("防災　入門", "防災 入門"), ("😀", "")],
)
def test_signs_that_the_font_lacks_are_left_out(text, shown):
    assert drawable(text) == shown


def test_title_without_a_sign_that_can_be_drawn_has_no_card():
    assert card_png(CardWords(**{**vars(WORDS), "title": "😀"})) is None


def test_phrases_keep_particles_and_compounds():
    assert phrases("子どもの居場所のいま") == ["子どもの", "居", "場所の", "いま"] or (
        phrases("子どもの居場所のいま") == ["子どもの", "居場所の", "いま"]
    )
    assert phrases("「防災」を学ぶ") == ["「防災」を", "学ぶ"]


def test_lines_are_even():
    found = wrapped("地域デビュー講座 これからの私と、まち", width=16, most=2, measure=wide)

    assert found == ["地域デビュー講座", "これからの私と、まち"]


def test_text_that_does_not_fit_is_refused():
    assert wrapped("防" * 50, width=10, most=2, measure=wide) is None


def test_without_a_dictionary_no_line_begins_with_a_closing_sign(monkeypatch):
    monkeypatch.setattr(lines, "tokenizer", lambda: None)

    found = wrapped("あいうえ、「かきく」けー", width=5, most=9, measure=wide)

    assert "".join(found) == "あいうえ、「かきく」けー"
    assert [line for line in found if line[0] in lines.NOT_FIRST] == []
    assert [line for line in found if line[-1] in lines.NOT_LAST] == []


def test_page_names_its_card(client, offer, settings):
    settings.PUBLIC_URL = "https://manabi.example.jp"
    offer("bosai")

    html = client.get("/courses/bosai/").content.decode()

    assert '<meta property="og:title" content="bosai">' in html
    assert (
        '<meta property="og:url" content="https://manabi.example.jp/courses/bosai/">'
        in html
    )
    assert '<meta name="twitter:card" content="summary_large_image">' in html
    assert re.fullmatch(
        r"https://manabi\.example\.jp/courses/bosai/card-[0-9a-f]{16}\.png",
        image_of(client),
    )


@pytest.mark.parametrize("path", ["/courses/bosai/", "/en/courses/bosai/"])
def test_card_is_drawn_once_and_kept_for_ever(client, offer, path, monkeypatch):
    offer("bosai", course={"title_en": "Disaster readiness"})
    address, drawn = card_of(client, path), []
    monkeypatch.setattr(view, "card_png", lambda words: drawn.append(words) or b"png")

    answers = [client.get(address) for _time in range(2)]

    assert [answer.content for answer in answers] == [b"png", b"png"]
    assert answers[0]["Content-Type"] == "image/png"
    assert answers[0]["Cache-Control"] == "public, max-age=31536000, immutable"
    assert len(drawn) == 1
    assert drawn[0].title == ("Disaster readiness" if "/en/" in path else "bosai")


def test_card_says_when_and_where_in_the_colour_of_the_stage(offer):
    stage = Stage.objects.first()
    run = offer("bosai", venue=VenueFactory(name="市民会館", area="中央"))
    run.course.stages.add(stage)

    japanese, english = present_cards(run.course, at=NOON)

    assert japanese.when == "12月5日（土）12:00〜14:00"
    assert (japanese.place, japanese.colour) == ("市民会館（中央）", stage.colour)
    assert english.when == "Sat 5 Dec 2026, 12:00–14:00"


def test_former_card_leads_to_the_present_one(client, offer):
    offer("bosai")
    former = card_of(client)
    Course.objects.update(title="もっと防災")

    response = client.get(former)

    assert (response.status_code, response["Location"]) == (302, card_of(client))


def test_no_card_is_drawn_for_a_digest_that_is_none(client, offer, monkeypatch):
    offer("bosai")
    monkeypatch.setattr(view, "card_png", lambda words: pytest.fail("drawn"))

    assert client.get("/courses/bosai/card-0123456789abcdef.png").status_code == 302
    assert client.get("/courses/bosai/card-short.png").status_code == 404


def test_course_that_is_not_public_has_no_card(client, offer):
    run = offer("bosai")
    address = card_of(client)
    assert client.get(address).status_code == 200

    CoursePage.objects.get(course=run.course).unpublish()

    assert client.get(address).status_code == 404


def test_card_of_a_page_with_a_password_is_not_shown(client, offer):
    run = offer("bosai")
    digest = digest_of(present_cards(run.course, at=NOON)[0])
    page = CoursePage.objects.get(course=run.course)
    page.view_restrictions.create(restriction_type="password", password="himitsu")

    assert client.get(f"/courses/bosai/card-{digest}.png").status_code == 404


def test_card_moves_with_its_course(client, offer):
    run = offer("bosai")
    address = card_of(client)
    page = CoursePage.objects.get(course=run.course)
    page.slug = "new"
    page.save_revision().publish()

    response = client.get(address)

    assert response.status_code == 301
    assert response["Location"] == address.replace("bosai", "new", 1)


def test_page_without_a_card_says_so_to_nobody(client, offer):
    offer("bosai", course={"title_en": ""})
    Course.objects.update(title="😀")

    html = client.get("/courses/bosai/").content.decode()

    assert "og:image" not in html
    assert '<meta name="twitter:card" content="summary">' in html


def test_new_design_has_new_addresses(monkeypatch):
    before = digest_of(WORDS)
    monkeypatch.setattr(presenter, "DESIGN", presenter.DESIGN + 1)

    assert digest_of(WORDS) != before


def test_font_is_there_with_its_licence():
    folder = drawing.FONT.parent

    assert drawing.FONT.stat().st_size < 6_000_000
    licence = (folder / "LICENSE-NotoSansJP.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
