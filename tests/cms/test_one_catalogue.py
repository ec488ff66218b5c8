import pytest
from django.utils import translation
from django.utils.translation import gettext, ngettext, trans_real

from cms.one_catalogue import put_together


@pytest.fixture(autouse=True)
def _as_django_loads_them():
    trans_real._translations = {}
    yield
    trans_real._translations = {}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_word_stays_as_it_was(language):
    words = trans_real.translation(language)._catalog
    before = {key: words.get(key) for key in words.keys()}  # noqa: SIM118 (no mapping)
    assert len(before) > 600

    put_together()

    words = trans_real.translation(language)._catalog
    assert {key: words.get(key) for key in words.keys()} == before  # noqa: SIM118


def test_a_sentence_is_looked_for_in_few_places():
    assert len(trans_real.translation("ja")._catalog._catalogs) > 10
    put_together()
    assert len(trans_real.translation("ja")._catalog._catalogs) <= 4


def test_numbers_keep_their_words():
    put_together()
    with translation.override("en"):
        assert gettext("サインイン") == "Sign in"
        assert ngettext("%(n)d人まで", "%(n)d人まで", 1) == "%(n)d place"
        assert ngettext("%(n)d人まで", "%(n)d人まで", 2) == "%(n)d places"
    with translation.override("ja"):
        assert gettext("サインイン") == "サインイン"
        assert ngettext("%(num)d day", "%(num)d days", 2) == "%(num)d日"
