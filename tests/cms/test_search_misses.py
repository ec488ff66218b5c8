"""What found nothing is counted, and says nothing about anybody."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import DatabaseError, IntegrityError, transaction

from cms.models import SearchMiss
from cms.search import misses
from cms.search.misses import digest_of, note_miss
from tests.factories import NOON, CourseFactory, UserFactory
from tests.pages import publish_page

DAY = timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()
    yield
    cache.clear()


def asked(text, *, days=0, hours=0):
    """Asked at noon, and as if the hour in which it counts once were over."""
    cache.clear()
    note_miss(text, at=NOON + timedelta(days=days, hours=hours))


def kept() -> list[tuple[str, int]]:
    return list(SearchMiss.objects.order_by("pk").values_list("text", "times_asked"))


def test_a_text_is_kept_only_when_it_is_asked_on_a_second_day():
    asked("陶芸")
    asked("陶芸", hours=2)
    assert kept() == [("", 2)]

    asked("陶芸", days=1)
    assert kept() == [("陶芸", 3)]
    found = SearchMiss.objects.get()
    assert (found.first_asked_on, found.last_asked_on) == (NOON.date(), NOON.date() + DAY)


def test_ways_of_writing_a_text_are_one_miss():
    asked("ｴｯｾｲ")
    asked("エッセイ", days=1)
    asked("えっせい", days=2)

    assert kept() == [("エッセイ", 3)]


@pytest.mark.parametrize(
    "text",
    [
        "hanako@example.jp",
        "ｈａｎａｋｏ＠example.jp",
        "090-1234-5678",
        "０４２０６０１８００",
        "1990/12/05 生まれ",
        "https://example.jp/a",
        "あ" * 41,
        "！？",
        "",
        "\x00",
        "😀",
    ],
)
def test_what_may_be_personal_or_is_no_word_is_not_even_counted(text):
    asked(text)
    asked(text, days=1)

    assert SearchMiss.objects.count() == 0


def test_a_name_stays_a_digest_however_often_it_is_asked():
    UserFactory(last_name="小鳥遊", first_name="花子")
    for day in range(3):
        asked("小鳥遊 花子", days=day)

    assert kept() == [("", 3)]


def test_the_database_refuses_a_text_of_the_first_day():
    today = date(2026, 11, 21)
    days = {"first_asked_on": today, "last_asked_on": today + DAY}
    SearchMiss.objects.create(digest="a", text="陶芸", **days)

    with pytest.raises(IntegrityError), transaction.atomic():
        SearchMiss.objects.create(
            digest="b", text="陶芸", **days | {"last_asked_on": today}
        )


def test_a_digest_cannot_be_made_without_the_key_of_the_site(settings):
    before = digest_of("陶芸")
    settings.SECRET_KEY = "another"

    assert digest_of("陶芸") != before


def test_a_text_counts_once_an_hour():
    for _time in range(3):
        note_miss("陶芸", at=NOON)

    assert kept() == [("", 1)]


def test_a_flood_of_texts_writes_no_more_than_the_rules_of_use_allow(settings):
    settings.RULES_OF_USE = settings.RULES_OF_USE | {"search_misses": "5/1m"}
    for number in range(20):
        note_miss("陶芸" + chr(0x4E00 + number), at=NOON)

    assert SearchMiss.objects.count() == 5


def test_old_misses_go_and_the_table_is_bounded(monkeypatch):
    asked("陶芸")
    asked("書道", days=1)
    asked("陶芸", days=2)
    asked("登山", days=402)
    assert kept() == [("陶芸", 2), ("", 1)]

    monkeypatch.setattr(misses, "MOST_ROWS", 2)
    monkeypatch.setattr(misses, "ROOM_MADE", 1)
    asked("囲碁", days=402)
    assert kept() == [("陶芸", 2), ("", 1)]
    assert SearchMiss.objects.filter(digest=digest_of("囲碁")).exists()


def test_a_table_that_cannot_be_written_harms_nobody(monkeypatch, caplog):
    def locked(*args):
        raise DatabaseError("database is locked")

    monkeypatch.setattr(misses, "_count", locked)
    asked("陶芸")

    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "陶芸" not in caplog.text


@pytest.mark.parametrize(
    ("query", "counted"),
    [
        ("?q=陶芸", 1),
        ("?q=陶芸&page=1", 0),
        ("?q=陶芸&open=1", 0),
        ("?q=手話&stage=growth", 0),
        ("?q=手話", 0),
        ("?q=", 0),
        ("", 0),
    ],
)
def test_the_catalogue_counts_words_that_found_nothing(client, site, query, counted):
    publish_page(CourseFactory(title="手話入門"))

    assert client.get(f"/courses/{query}").status_code == 200
    assert SearchMiss.objects.count() == counted


def test_a_look_at_the_head_counts_nothing(client, site):
    client.head("/courses/?q=陶芸")

    assert SearchMiss.objects.count() == 0
