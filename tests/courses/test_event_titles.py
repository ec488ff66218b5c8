"""The lasting name of a course, out of one date's headline."""

from datetime import date

import pytest

from courses.enums import CourseKind
from courses.exchange.event_list.titles import is_broken, kind_of, name_of

DAY = date(2027, 2, 6)


@pytest.mark.parametrize(
    ("headline", "title"),
    [
        ("令和8年度 親と子の教室", "親と子の教室"),
        ("令和８年度親と子の教室", "親と子の教室"),
        ("歴史館大学(令和8年度)", "歴史館大学"),
        ("2026年度ソフトテニス教室", "ソフトテニス教室"),
        ("令和7年度 親と子の教室", "令和7年度 親と子の教室"),
        ("市民トラックレース2026", "市民トラックレース2026"),
        ("支え合い制度 説明会 令和9年2月6日", "支え合い制度 説明会"),
        ("支え合い制度 説明会 令和9年2月7日", "支え合い制度 説明会 令和9年2月7日"),
        ("普通救命講習会(2月6日)", "普通救命講習会"),
        ("(2月6日)しみん講座", "しみん講座"),
        ("ハイハイレース(2月)", "ハイハイレース"),
        ("夜の映画会(令和9年2月)", "夜の映画会"),
        ("2月号 相続の講座", "相続の講座"),
        ("スマホ体験会を行います!(普及啓発事業)", "スマホ体験会（普及啓発事業）"),
        ("講演会「未来の地球」を開催します", "講演会「未来の地球」"),
        (
            "「商店街まつり」をオンラインで開催します",
            "「商店街まつり」をオンラインで開催します",
        ),
        ("「下町音楽市」開催のお知らせ", "下町音楽市"),
        ("第3回ガイドヘルパー養成研修の開催", "第3回ガイドヘルパー養成研修"),
        ("【参加者募集】「発明教室」を開催します!", "発明教室"),
        ("「定年後をどうデザインする?」", "定年後をどうデザインする？"),
        ("「やってみよう」「行ってみよう」", "「やってみよう」「行ってみよう」"),
        ("生涯学習センター　初級パソコン講座", "生涯学習センター 初級パソコン講座"),
        ("JFA in 大宮(U-12)!", "JFA in 大宮（U-12）！"),
        ("Ladies Cafe (free)", "Ladies Cafe (free)"),
        ("を開催します", "を開催します"),
    ],
)
def test_name_keeps_what_lasts(headline, title):
    assert name_of(headline, DAY).title == title


def test_name_gives_the_term_as_label():
    assert name_of("令和8年度 親と子の教室 第3期", DAY).label == "第3期"
    assert name_of("硬式テニス教室【後期】", DAY).label == "後期"
    assert name_of("第3期", DAY).label == ""


@pytest.mark.parametrize(
    ("headline", "title", "times"),
    [
        ("創業スクール(全5回)", "創業スクール", 5),
        ("みらい館「スマホ講座」全3回", "みらい館「スマホ講座」", 3),
        ("テニス教室(全3回・初心者対象)", "テニス教室（初心者対象）", 3),
        ("創業スクール", "創業スクール", None),
    ],
)
def test_name_tells_how_many_times(headline, title, times):
    name = name_of(headline, DAY)

    assert (name.title, name.times) == (title, times)


def test_key_is_the_same_from_year_to_year():
    this_year = name_of("令和8年度 親と子の教室 第3期", DAY)
    next_year = name_of("親と子の教室（令和9年度）", date(2027, 7, 1))

    assert this_year.key == next_year.key


def test_year_of_the_fiscal_year_counts_in_both_eras():
    assert name_of("平成31年度 市民講座", date(2019, 6, 1)).title == "市民講座"
    assert name_of("令和元年度 市民講座", date(2019, 6, 1)).title == "市民講座"


@pytest.mark.parametrize("text", ["#NAME?", "＃ＮＡＭＥ？", "#REF!", " #N/A "])
def test_failed_formula_is_recognised(text):
    assert is_broken(text)


def test_number_sign_in_a_name_is_no_failure():
    assert not is_broken("#まちづくり講座")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("防災入門", CourseKind.COURSE),
        ("市民文化講演会", CourseKind.LECTURE),
        ("環境フォーラム", CourseKind.FORUM),
        ("ワークショップ「木でつくる」", CourseKind.WORKSHOP),
        ("ふたごのつどい", CourseKind.EXCHANGE),
        ("ガイドヘルパー養成研修", CourseKind.TRAINING),
        ("職員研修（協働）", CourseKind.STAFF_TRAINING),
        ("木育出前講座", CourseKind.OUTREACH),
    ],
)
def test_kind_is_told_by_words_of_the_name(title, kind):
    assert kind_of(title) == kind
