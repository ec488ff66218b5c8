"""The pieces pages are built from."""

import re
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from cms.templatetags.manabiba import TONES
from courses.enums import ReceptionStatus
from enrollments.enums import ApplicationState
from tests.factories import StageFactory


class AskingForm(forms.Form):
    name = forms.CharField(label="お名前", help_text="本名でなくてもかまいません。")
    note = forms.CharField(label="伝えたいこと", required=False)
    way = forms.ChoiceField(
        label="連絡の方法",
        choices=[("mail", "メール"), ("phone", "電話")],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(label="同意します")


def render(source: str, **context) -> str:
    return Template("{% load manabiba %}" + source).render(Context(context))


def field(name: str, data: dict | None = None) -> str:
    return str(AskingForm(data)[name].as_field_group())


def ids(html: str) -> set[str]:
    return set(re.findall(r'\sid="([^"]+)"', html))


@pytest.mark.parametrize("status", ReceptionStatus)
def test_every_reception_status_has_a_tone(status):
    assert status in TONES


def test_status_label_says_its_state_in_words():
    html = render(
        "{% include 'components/status_label.html' with status=s label=s.label %}",
        s=ApplicationState.WAITING,
    )
    assert html.strip() == '<span class="status status--wait">キャンセル待ち</span>'


def test_status_that_nobody_foresaw_is_plain():
    html = render(
        "{% include 'components/status_label.html' with status='new' label='新しい' %}"
    )
    assert html.strip() == '<span class="status status--over">新しい</span>'


def test_field_has_label_mark_and_help_by_id():
    html = field("name")

    assert '<label class="field__label" for="id_name">お名前' in html
    assert ">必須</span>" in html
    assert 'aria-describedby="id_name_helptext"' in html
    assert "id_name_helptext" in ids(html)


def test_optional_field_says_so():
    assert ">任意</span>" in field("note")


def test_field_in_error_is_described_by_its_error():
    html = field("name", {})

    assert 'aria-invalid="true"' in html
    described_by = re.search(r'aria-describedby="([^"]+)"', html)
    assert described_by[1].split() == ["id_name_helptext", "id_name_error"]
    assert set(described_by[1].split()) <= ids(html)


def test_choices_are_a_group_with_a_legend():
    html = field("way")

    assert '<legend class="field__label">連絡の方法' in html
    assert 'for="id_way"' not in html


def test_checkbox_comes_before_its_label():
    html = field("agreed")

    assert html.index("<input") < html.index("<label")


def test_error_summary_leads_to_each_field():
    form = AskingForm({})
    html = render(
        "{% include 'components/error_summary.html' %}{{ form }}",
        form=form,
    )
    targets = re.findall(r'<a href="#([^"]+)">', html)
    assert targets == ["id_name", "id_way_0", "id_agreed"]
    assert set(targets) <= ids(html)


def test_error_summary_is_absent_without_errors():
    html = render("{% include 'components/error_summary.html' %}", form=AskingForm())

    assert html.strip() == ""


def test_pagination_keeps_the_search():
    pages = Paginator(range(60), 20)
    request = RequestFactory().get("/courses/", {"q": "防災", "page": 2})
    html = render_to_string(
        "components/pagination.html",
        {"request": request, "page_obj": pages.page(2), "page_range": pages.page_range},
        request,
    )
    links = re.findall(r'href="\?q=%E9%98%B2%E7%81%BD&amp;page=(\d)"', html)
    assert links == ["1", "1", "3", "3"]
    assert '<span aria-current="page">2</span>' in html


def test_pagination_is_absent_for_one_page():
    pages = Paginator(range(3), 20)
    html = render("{% include 'components/pagination.html' %}", page_obj=pages.page(1))

    assert html.strip() == ""


def test_course_card_is_one_link_and_names_its_state():
    card = SimpleNamespace(
        url="/courses/bousai/",
        title="地域防災講座",
        kind_label="講座",
        status=ReceptionStatus.OPEN,
        status_label="受付中",
        next_session_text="12月5日（土）10:00〜12:00",
        session_count=5,
        place="市民活動センター",
        stages=[StageFactory.build(name="活動実践", colour="#197a4b")],
        places_text="残りわずか",
        deadline_text="締切 11月28日（土）",
        fee_text="無料",
        cover=None,
    )
    html = render("{% include 'components/course_card.html' %}", card=card)

    assert re.findall(r'<a [^>]*href="([^"]*)"', html) == ["/courses/bousai/"]
    assert "<button" not in html
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()
    assert words == (
        "受付中 講座 地域防災講座 12月5日（土）10:00〜12:00 （全5回） "
        "市民活動センター 活動実践 残りわずか 締切 11月28日（土） 無料"
    )
