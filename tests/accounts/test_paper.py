"""Facts become a PDF: as data, with the fonts inside, the same bytes each time."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse

from accounts.exchange.paper import typesetting
from accounts.exchange.paper.font import signs_of_the_font
from accounts.exchange.paper.printable import printable_text
from accounts.exchange.paper.typesetting import NotTypeset, typeset
from accounts.views.paper import paper_response
from cms.middleware import RefusalMiddleware
from tests.papers import fonts_of, page_sizes, reader, text_of

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
LIST = """#import "/house.typ": *
#show: sheet
= #facts.title
#for name in facts.names [#text(weight: "bold", lines(name)) #parbreak()]
"""


@pytest.fixture
def list_template(tmp_path, settings):
    shutil.copy(Path(django_settings.PAPER_DIR) / "house.typ", tmp_path)
    (tmp_path / "list.typ").write_text(LIST, encoding="utf-8")
    settings.PAPER_DIR = tmp_path
    return tmp_path


def of_names(*names: str, title: str = "名簿"):
    return typeset("list.typ", {"title": title, "names": list(names)}, title=title, at=AT)


@pytest.mark.parametrize(
    "name",
    [
        '#panic("out")',
        "#import",
        "$x^2$",
        "\\#",
        'a"b"c',
        "*_`<b>@c[]{}",
        "//--/*",
        '");#panic(',
        "=見出し",
        "https://a.example/",
    ],
)
def test_text_is_never_markup(list_template, name):
    assert text_of(of_names(name, "終").pdf) == f"名簿{name}終1/1"


@pytest.mark.parametrize("name", ["髙橋𠮷野", "﨑山", "渡邊邉", "葛飾①㈱", "ｱｲｳ"])
def test_signs_of_names_are_printed(list_template, name):
    paper = of_names(name)

    assert paper.missing == ()
    assert name in text_of(paper.pdf)


def test_sign_without_a_form_is_marked_and_named(list_template):
    paper = of_names("花😀子")

    assert paper.missing == ("😀",)
    assert "花〓子" in text_of(paper.pdf)
    assert "字体にない文字（U+1F600）は" in text_of(paper.pdf)


def test_form_of_a_sign_is_printed_as_usual_and_named(list_template):
    paper = of_names("葛\U000e0100城")

    assert paper.missing == ("葛\U000e0100",)
    assert "葛城" in text_of(paper.pdf)


def test_voiced_kana_in_two_signs_becomes_one():
    missing: set[str] = set()

    assert printable_text("か\u3099神\ufa19", missing) == "が神\ufa19"
    assert missing == set()


def test_controls_and_unseen_signs_leave_no_mark():
    missing: set[str] = set()

    assert printable_text("山\u200b\0田\t花\r\n子", missing) == "山田 花\n子"
    assert missing == set()


def test_both_weights_have_the_same_signs(settings, tmp_path):
    bold = tmp_path / "NotoSansJP-Regular.otf"
    shutil.copy(Path(settings.FONT_DIR) / "NotoSansJP-Bold.otf", bold)
    regular = signs_of_the_font()
    settings.FONT_DIR = tmp_path

    assert signs_of_the_font.__wrapped__() == regular
    assert {ord(sign) for sign in "髙𠮷﨑〓〒□✓"} <= regular


def test_fonts_are_inside_and_the_paper_says_what_it_is(list_template):
    pdf = of_names("花子", title="防災講座の名簿").pdf

    assert fonts_of(pdf) == {"NotoSansJP-Regular", "NotoSansJP-Bold"}
    assert page_sizes(pdf) == {(210, 297)}
    book = reader(pdf)
    assert book.metadata.title == "防災講座の名簿"
    assert book.metadata.creation_date == AT
    root = book.trailer["/Root"]
    assert root["/Lang"] == "ja-JP"
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert b"<pdfuaid:part>1" in root["/Metadata"].get_data()


def test_same_facts_make_the_same_bytes(list_template):
    assert of_names("花子").pdf == of_names("花子").pdf
    assert of_names("花子").pdf != of_names("桃子").pdf


def test_name_of_any_length_stays_on_the_page(list_template):
    name = "寿限無" * 200

    assert text_of(of_names(name).pdf).startswith("名簿" + name)


def test_what_takes_too_long_is_ended(list_template, monkeypatch):
    (list_template / "list.typ").write_text(
        "#for a in range(9999999) { for b in range(9999) { } }"
    )
    monkeypatch.setattr(typesetting, "SECONDS", 0.5)

    with pytest.raises(NotTypeset):
        of_names("花子")


def test_what_takes_too_much_memory_is_ended(list_template, monkeypatch):
    monkeypatch.setattr(typesetting, "MEMORY", 1024 * 1024)

    with pytest.raises(NotTypeset):
        of_names("花子")


def test_template_reads_no_file_of_the_server(list_template):
    outside = list_template.parent / "secret.txt"
    outside.write_text("secret")
    (list_template / "list.typ").write_text('#read("../secret.txt")')

    with pytest.raises(RuntimeError, match=r"access denied|outside|root"):
        of_names("花子")


def test_no_template_evaluates_text_or_asks_the_network():
    for template in Path(django_settings.PAPER_DIR).rglob("*.typ"):
        source = template.read_text(encoding="utf-8")
        for forbidden in ("eval(", "@preview", "plugin(", 'mode: "markup"'):
            assert forbidden not in source, f"{template.name}: {forbidden}"


def test_logo_and_colour_are_the_city_s(list_template, settings, tmp_path):
    logo = tmp_path / "logo.svg"
    logo.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
        '<rect width="9" height="9" fill="#123456"/></svg>'
    )
    (list_template / "list.typ").write_text(
        '#import "/house.typ": *\n#show: sheet\n#logo()#text(fill: accent)[あ]'
    )
    settings.CITY_LOGO, settings.CITY_COLOUR = str(logo), "#abcdef"
    drawn = reader(of_names().pdf).pages[0].get_contents().get_data().decode("latin-1")

    # #abcdef, as the numbers of a PDF
    assert "0.67058825 0.8039216 0.9372549" in drawn


def test_answer_is_a_pdf_that_nobody_keeps(list_template):
    response = paper_response(of_names("花子"), "名簿", download=True)

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E5%90%8D%E7%B0%BF.pdf"
    )
    assert response["Cache-Control"] == "no-store, private"


@pytest.mark.django_db  # the page has a footer
def test_what_cannot_be_made_is_answered_in_words(rf):
    middleware = RefusalMiddleware(lambda request: HttpResponse())
    request = rf.get("/manage/")
    request.user = AnonymousUser()
    answer = middleware.process_exception(request, NotTypeset())

    assert answer.status_code == 503
    assert "人数や回をしぼって" in answer.content.decode()


def test_paper_in_english_says_so(list_template):
    paper = typeset(
        "list.typ", {"title": "Roster", "names": []}, title="Roster", at=AT, language="en"
    )

    assert reader(paper.pdf).trailer["/Root"]["/Lang"] == "en"
