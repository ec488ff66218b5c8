"""English is complete, Japanese is the source, and compiled catalogues are fresh."""

import re

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from tests.architecture.messages import ROOT, in_python, in_template, message_ids

LOCALE = ROOT / "cms" / "locale"
ENGLISH = LOCALE / "en" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")


@pytest.fixture(scope="module")
def english():
    with (ENGLISH / "django.po").open("rb") as file:
        return read_po(file, locale="en")


def _texts(message):
    several = isinstance(message.string, tuple | list)
    both = message.string if several else (message.string,)
    return [text for text in both if text]


def test_every_message_has_an_english_text(english):
    translated = {
        (message.id[0] if isinstance(message.id, tuple) else message.id)
        for message in english
        if message.id and _texts(message) and not message.fuzzy
    }
    missing = {text: path for text, path in message_ids().items() if text not in translated}
    assert missing == {}


def test_english_texts_are_not_japanese(english):
    allowed = {"日本語"}
    left = [
        message.id
        for message in english
        if message.id
        and message.id not in allowed
        and any(re.search(r"[ぁ-んァ-ン]", text) for text in _texts(message))
    ]
    assert left == []


def test_placeholders_are_the_same_in_english(english):
    wrong = []
    for message in english:
        if not message.id or isinstance(message.id, tuple):
            continue
        wanted = sorted(set(PLACEHOLDER.findall(message.id)))
        if any(
            sorted(set(PLACEHOLDER.findall(text))) != wanted for text in _texts(message)
        ):
            wrong.append(message.id)
    assert wrong == []


def _key(identifier):
    return identifier if isinstance(identifier, str) else tuple(identifier)


def _context(message):
    """Babel reads it as bytes from what is compiled."""
    said = message.context
    return said.decode() if isinstance(said, bytes) else said


def _by_id(messages):
    return {
        (_context(message), _key(message.id)): _texts(message)
        for message in messages
        if message.id and _texts(message) and not message.fuzzy
    }


@pytest.mark.parametrize(
    ("language", "name"), [("en", "django"), ("ja", "django"), ("ja", "djangojs")]
)
def test_compiled_catalogue_matches_its_source(language, name):
    folder = LOCALE / language / "LC_MESSAGES"
    with (folder / f"{name}.po").open("rb") as file:
        source = _by_id(read_po(file, locale=language))
    with (folder / f"{name}.mo").open("rb") as file:
        compiled = _by_id(read_mo(file))
    assert compiled == source


def test_messages_are_found_in_python_and_templates():
    assert list(in_python('_("申し込む"); ngettext("一つ", "多く", n)')) == [
        "申し込む",
        "一つ",
    ]
    found = in_template(
        '{% load i18n %}{% translate "講座" %}'
        "{% blocktranslate with n=1 %}第{{ n }}回{% endblocktranslate %}"
    )
    assert list(found) == ["講座", "第%(n)s回"]
