"""Whether a text names somebody known."""

import pytest

from enrollments.domain.names import is_somebodys_name
from tests.factories import InstructorFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def people() -> None:
    UserFactory(
        last_name="小鳥遊",
        first_name="花子",
        last_name_kana="タカナシ",
        first_name_kana="ハナコ",
    )
    InstructorFactory(
        family_name="髙森",
        given_name="順子",
        family_name_kana="タカモリ",
        given_name_kana="ジュンコ",
    )


@pytest.mark.parametrize(
    "text",
    [
        "小鳥遊花子",
        "小鳥遊　花子",
        "小鳥遊",
        "花子",
        "たかなし はなこ",
        "ﾀｶﾅｼﾊﾅｺ",
        "小鳥遊花子さんの住所",
        "髙森順子",
        "たかもり",
    ],
)
def test_names_are_known_however_they_are_written(text):
    assert is_somebodys_name(text)


@pytest.mark.parametrize("text", ["防災", "小鳥", "花", "陶芸教室", "たかい山"])
def test_other_words_are_nobodys_name(text):
    assert not is_somebodys_name(text)


def test_an_account_without_a_name_is_not_found_in_every_text():
    UserFactory(last_name="", first_name="", last_name_kana="", first_name_kana="")

    assert not is_somebodys_name("陶芸")
