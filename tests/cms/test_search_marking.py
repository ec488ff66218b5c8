"""What was found is marked where it stands, and nothing else."""

import pytest
from django.utils.html import escape

from cms.search import dictionary
from cms.search.marking import Marker
from cms.search.synonyms import Synonyms
from tests.factories import CourseFactory
from tests.pages import publish_page

KNOWN = Synonyms({"すまほ": ("スマートフォン",), "育児": ("子育て",)})


def marked(query: str, text: str) -> str:
    html = Marker(query, KNOWN).mark(text)
    return html.replace("<mark>", "[").replace("</mark>", "]")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        # as typed, in any width and script
        ("防災", "地域[防災]講座"),
        ("ﾎﾞｳｻｲ", "[ぼうさい]探検隊"),
        ("excel", "[Ｅｘｃｅｌ]で会計"),
        ("portugues", "[Português]で話そう"),
        ("高森", "[髙森] 順子"),
        ("がき", "[か\u3099き]大将"),
        ("コミュニティカフェ", "[コミュニティ・カフェ]をひらく"),
        ("サーバー", "[サーバ]のしくみ"),
        ("サーバ", "[サーバー]のしくみ"),
        ("バイオリン", "[ヴァイオリン]教室"),
        # by reading
        ("ぼうさい", "地域[防災]講座"),
        ("がいこくじん", "[外国人]住民"),
        ("ひなんじょ", "[避難所]を開く"),
        ("ぎょうせい", "市民と[行政]"),
        # okurigana and other spellings
        ("申込", "お[申し込み]ください"),
        ("子そだて", "[子育て]ひろば"),
        ("生き物", "川の[生きもの]"),
        ("街歩き", "[まち歩き]の会"),
        ("障碍", "[障害]のある人"),
        # synonyms, letters for sounds
        ("スマホ", "[スマートフォン]なんでも相談"),
        ("育児", "[子育て]の時間"),
        ("エクセル", "[Excel]で会計"),
        # several words, compounds
        ("地域 講座", "[地域]防災[講座]"),
        ("避難所運営", "[避難所の運営]を学ぶ"),
        ("会計の入門", "[会計]を知る[入門]"),
        # not what was asked for
        ("居場所", "場所さがし"),
        ("pc", "epc と epcot"),
        ("こうざ", "会合の座"),
        ("防災", ""),
        ("", "防災"),
        ("！", "防災！"),
    ],
)
def test_what_was_asked_for_is_marked(query, found):
    assert marked(query, found.replace("[", "").replace("]", "")) == found


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert('防災')</script>",
        '"><img src=x onerror=alert(1)>防災',
        "防災&防災</mark><b>",
        "&lt;防災&gt;",
    ],
)
@pytest.mark.parametrize(
    "query", ["防災", "script", "b mark", "lt", "amp", "<b>", "img src"]
)
def test_nothing_of_a_text_becomes_a_tag(query, text):
    html = Marker(query).mark(text)

    assert html.replace("<mark>", "").replace("</mark>", "") == escape(text)
    assert html.count("<mark>") == html.count("</mark>") == html.count("<") / 2


@pytest.mark.parametrize(
    "text",
    [
        "\x00防災",
        "\ud800防災",
        "𠮷" * 50 + "防災",
        "א" * 9 + "防災",
        "😀👨‍👩‍👧防災",
        "防" + "\u0301" * 99,
    ],
)
def test_any_text_can_be_marked(text):
    html = Marker("防災 𠮷").mark(text)

    assert html.replace("<mark>", "").replace("</mark>", "") == escape(text)


def test_without_a_dictionary_only_letters_are_compared(monkeypatch):
    monkeypatch.setattr(dictionary, "tokenizer", lambda: None)

    assert marked("防災", "地域防災講座") == "地域[防災]講座"
    assert marked("ぼうさい", "地域防災講座") == "地域防災講座"


PIECES = ["前置きです。", "川の" + "水" * 40 + "に、避難所の運営を学びます。" + "後" * 80]


def excerpt(query: str, title: str = "題名", pieces=PIECES) -> str:
    html = Marker(query, KNOWN).excerpt(pieces, beside=title)
    return html.replace("<mark>", "[").replace("</mark>", "]")


def test_an_excerpt_shows_the_first_place_in_the_prose():
    assert excerpt("避難所") == (
        "…" + "水" * 22 + "に、[避難所]の運営を学びます。" + "後" * 55 + "…"
    )
    assert excerpt("ひなんじょ").startswith("…" + "水" * 22 + "に、[避難所]の運営")
    assert excerpt("前置き") == "[前置き]です。"


def test_there_is_no_excerpt_of_what_the_title_says_or_nobody_knows():
    assert excerpt("避難所", title="避難所を開く") == ""
    assert excerpt("登山") == ""
    assert excerpt("防災", pieces=[]) == ""


def test_an_excerpt_is_shown_for_the_word_that_the_title_lacks():
    assert "[運営]" in excerpt("避難所 運営", title="ひなん所ではない避難所")


@pytest.fixture
def courses(site):
    for number in ("一", "二", "三"):
        publish_page(
            CourseFactory(slug=number, title=f"鋏<b>{number}</b>の講座"),
            intro="職人が<i>砥石</i>で教えます。",
            body=[("paragraph", "<p>油を<b>さ</b>します。</p>")],
        )


def test_results_show_where_the_words_were_found(client, courses):
    page = client.get("/courses/?q=鋏").content.decode()
    assert page.count("<mark>鋏</mark>&lt;b&gt;一&lt;/b&gt;") == 1
    assert "card__excerpt" not in page

    page = client.get("/courses/?q=といし").content.decode()
    assert page.count("職人が&lt;i&gt;<mark>砥石</mark>&lt;/i&gt;で教えます。") == 3
    page = client.get("/courses/?q=油").content.decode()
    assert page.count('card__excerpt small"><mark>油</mark>をさします。') == 3


def test_nothing_is_marked_where_nothing_was_searched_for(client, courses):
    assert "<mark>" not in client.get("/courses/?kind=course").content.decode()


def test_marks_cost_one_query_however_many_results(
    client, courses, django_assert_num_queries, django_assert_max_num_queries
):
    client.get("/courses/?q=鋏")
    with django_assert_max_num_queries(19) as one:
        client.get("/courses/?q=鋏 一")
    with django_assert_num_queries(len(one)):
        client.get("/courses/?q=鋏")
