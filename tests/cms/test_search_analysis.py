"""Folding, tokens and questions, without a database."""

import sys
import threading
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.search import analysis, dictionary
from cms.search.analysis import index_text, token
from cms.search.asking import Either, Every, Token, query_tree
from cms.search.dictionary import words
from cms.search.expression import FTS5, TSQUERY
from cms.search.folding import fold, normalise, traced
from cms.search.synonyms import Synonyms, pieces, variants

KNOWN = Synonyms(
    {
        "すまほ": ("スマートフォン",),
        "しにあ": ("高齢者", "お年寄り"),
        "pc": ("パソコン",),
    }
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ﾎﾞｳｻｲ", "ぼうさい"),
        ("Ｅｘｃｅｌ", "excel"),
        ("ウィルス", "ういるす"),
        ("ヴァイオリン", "ばいおりん"),
        ("コミュニティ・カフェ", "こみゅにていかふえ"),
        ("ワ－クショップ", "わーくしょっぷ"),
        ("髙橋", "高橋"),
        ("Português", "portugues"),
        ("㌔", "きろ"),
    ],
)
def test_ways_of_writing_fold_to_one(written, folded):
    assert fold(normalise(written)) == folded


def test_a_middle_dot_parts_letters():
    assert normalise("A・B") == "A・B"


def test_a_middle_dot_parts_hiragana():
    assert normalise("ふたご・みつご") == "ふたご・みつご"
    assert normalise("子ども・若者") == "子ども若者"


def test_a_loanword_is_not_looked_for_by_ear():
    def heard(text):
        return token(analysis.SOUND, "しにあ") in TSQUERY.render(query_tree(text))

    assert (heard("シニア"), heard("しにあ")) == (False, True)
    assert token(analysis.SOUND, "ぼうさ") in TSQUERY.render(query_tree("ボウサイ"))


def test_a_word_in_letters_is_indexed_as_it_is_called():
    assert token(analysis.TRIPLE, "えくせ") in index_text("Excelの使い方").split()


def test_marks_that_tell_words_apart_are_kept():
    assert fold("びょういん") != fold("びよういん")
    assert fold("ビル") != fold("ビール")
    assert fold("はは") != fold("ばば")


def test_tokens_are_letters_and_digits_alone():
    tokens = index_text("地域防災講座\x00の'案内'。Café (2026) 😀 한국어").split()

    assert all(word.isascii() and word.isalnum() and word.islower() for word in tokens)


def test_the_same_text_in_another_kind_is_another_token():
    assert token(analysis.PAIR, "防災") != token(analysis.WORD, "防災")
    assert token(analysis.PAIR, "防災") == token(analysis.PAIR, "防災")


def test_no_pair_reaches_over_punctuation():
    assert token(analysis.PAIR, "災手") not in index_text("防災。手話").split()
    assert token(analysis.PAIR, "災手") in index_text("防災手話").split()


def test_neighbours_are_parted_by_punctuation_and_not_by_particles():
    pair = token(analysis.NEIGHBOURS, "会計 入門")

    assert pair in index_text("会計入門").split()
    assert pair in index_text("会計の入門").split()
    assert pair not in index_text("会計。入門").split()
    assert pair not in index_text("会計　入門").split()


def test_endings_are_indexed_as_they_may_sound():
    tokens = index_text("外国人の避難所").split()

    for triple in ("くじん", "くにん", "んじょ", "んしょ"):
        assert token(analysis.SOUND, triple) in tokens


def test_a_short_compound_is_asked_for_as_one_and_a_long_one_by_its_words():
    def asked(text):
        return TSQUERY.render(query_tree(text))

    beside = token(analysis.NEIGHBOURS, "居る 場所")
    assert beside in asked("居場所")
    assert token(analysis.WORD, "場所") not in asked("居場所")
    assert token(analysis.WORD, "協議") in asked("社会福祉協議会")


def test_words_stand_as_often_as_they_occur_and_pairs_once():
    tokens = index_text("防災と防災").split()

    assert tokens.count(token(analysis.WORD, "防災")) == 2
    assert tokens.count(token(analysis.PAIR, "防災")) == 1


def test_readings_go_on_over_words_and_stop_at_punctuation():
    joined = index_text("市民活動").split()
    parted = index_text("市民。活動").split()

    assert token(analysis.SOUND, "んかつ") in joined
    assert token(analysis.SOUND, "んかつ") not in parted


def test_a_long_text_is_analysed_in_pieces():
    assert sum(1 for word in words("防災" * 30_000) if word.normal == "防災") >= 29_000


def test_one_character_is_asked_for_by_itself():
    assert query_tree("橋") == Token(token(analysis.CHARACTER, "橋"))


def test_all_words_are_asked_for_unless_one_is_enough():
    assert isinstance(query_tree("橋 川"), Every)
    assert isinstance(query_tree("橋 川", any_word=True), Either)


def test_endings_of_longer_latin_words_are_free():
    assert query_tree("qwert").open_ended is True
    assert query_tree("qwe").open_ended is False
    assert query_tree("qwe", typing=True).open_ended is True
    assert query_tree("2026").open_ended is False


def test_a_known_part_of_a_word_is_said_otherwise():
    assert variants("スマホ講座", KNOWN) == ["スマホ講座", "スマートフォン講座"]
    assert variants("pc", KNOWN) == ["pc", "パソコン"]
    assert variants("epcot", KNOWN) == ["epcot"]
    assert variants("防災", KNOWN) == ["防災"]
    assert variants("すまほ", KNOWN) == ["すまほ", "スマートフォン"]


def test_several_known_parts_are_said_otherwise_together():
    assert variants("シニアスマホ", KNOWN) == [
        "シニアスマホ",
        "高齢者スマホ",
        "お年寄りスマホ",
        "シニアスマートフォン",
        "高齢者スマートフォン",
        "お年寄りスマートフォン",
    ]


def test_the_longest_known_word_counts():
    known = Synonyms({"保育": ("託児",), "保育園": ("こども園",)})

    assert variants("保育園", known) == ["保育園", "こども園"]


def test_a_text_without_end_has_few_variants_and_few_pieces():
    assert len(variants("スマホ" * 30, KNOWN)) == 12
    assert len(pieces("防災の手引き" * 100, shortest=2, longest=20, most=900)) <= 900


@pytest.mark.parametrize(
    ("text", "folded", "places"),
    [
        ("ﾎﾞｳｻｲ", "ぼうさい", [(0, 2), (2, 3), (3, 4), (4, 5)]),
        ("ヴァイ", "ばい", [(0, 2), (2, 3)]),
        ("カ・フェ", "かふえ", [(0, 1), (2, 3), (3, 4)]),
        ("か\u3099き", "がき", [(0, 2), (2, 3)]),
        ("㌔", "きろ", [(0, 1), (0, 1)]),
        ("e\u0301x", "ex", [(0, 2), (2, 3)]),
        ("サ－バ", "さーば", [(0, 1), (1, 2), (2, 3)]),
        ("", "", []),
    ],
)
def test_folded_characters_know_where_they_stood(text, folded, places):
    assert traced(text) == (folded, places)


@given(st.text(max_size=40))
def test_any_text_is_traced_whole_or_not_at_all(text):
    folded, places = traced(text)

    assert folded in ("", fold(normalise(text)))
    assert len(places) == len(folded)
    assert all(0 <= start < end <= len(text) for start, end in places)


def test_levels_are_put_in_parentheses():
    tree = Every((Either((Token("a"), Token("b"))), Token("c", open_ended=True)))

    assert FTS5.render(tree) == "((a OR b) AND c*)"
    assert TSQUERY.render(tree) == "((a | b) & c:*)"


def test_threads_share_one_dictionary(monkeypatch):
    loaded = cache(dictionary.load.__wrapped__)
    monkeypatch.setattr(dictionary, "_of_thread", threading.local())
    monkeypatch.setattr(dictionary, "load", loaded)
    answers = []
    threads = [
        threading.Thread(target=lambda: answers.append([w.reading for w in words("防災")]))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [["ぼうさい"]] * 8
    assert loaded.cache_info().misses == 1


def test_a_missing_dictionary_is_said_once(monkeypatch, caplog):
    monkeypatch.setitem(sys.modules, "sudachipy", None)
    load = cache(dictionary.load.__wrapped__)

    assert (load(), load()) == (None, None)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
