"""検索の言葉 in the back office: synonyms, and words that found nothing."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.domain.refusal import Refusal
from accounts.models import User
from cms.models import SearchMiss, SynonymGroup, SynonymWord
from cms.permissions import set_up_roles
from cms.search import synonym_groups
from cms.search.misses import digest_of
from cms.search.query import matching_course_ids
from cms.search.synonym_groups import (
    TooFewWords,
    TooManyWords,
    UnusableWord,
    WordTaken,
    synonyms_for,
    words_in,
    write_group,
)
from tests.factories import CourseFactory, DepartmentFactory, StaffProfileFactory
from tests.pages import publish_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client, site) -> User:
    officers, _administrators = set_up_roles()
    user = StaffProfileFactory(department=DepartmentFactory(code="ours")).user
    user.groups.add(officers)
    client.force_login(user)
    return user


def group_of(*words: str) -> SynonymGroup:
    return write_group(group=SynonymGroup(), text="\n".join(words))


def missed(text: str, **fields) -> SearchMiss:
    days = {"first_asked_on": date(2026, 11, 1), "last_asked_on": date(2026, 11, 20)}
    return SearchMiss.objects.create(digest=digest_of(text), text=text, **days | fields)


def test_a_city_begins_with_the_words_of_the_bulletin():
    assert (
        str(SynonymGroup.objects.get(words__written="シニア")) == "高齢者、シニア、お年寄り"
    )
    assert synonyms_for("ｽﾏﾎ").others == {"すまほ": ("スマートフォン",)}


def test_seeded_words_are_folded_as_a_query_is():
    wrong = [
        word.written
        for word in SynonymWord.objects.all()
        if words_in(f"{word.written}、ほかの言葉").get(word.folded) != word.written
    ]
    assert wrong == []


def test_words_are_kept_in_their_standard_form_and_once():
    group = group_of("ＤＩＹ、日曜大工", "日曜大工, ﾆﾁﾖｳ ", "にちよう")

    assert list(group.words.values_list("written", "folded")) == [
        ("DIY", "diy"),
        ("日曜大工", "日曜大工"),
        ("ニチヨウ", "にちよう"),
    ]


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("陶芸", TooFewWords),
        ("陶芸、\n陶芸", TooFewWords),
        ("", TooFewWords),
        ("陶芸\n焼", UnusableWord),
        ("陶芸\n" + "あ" * 21, UnusableWord),
        ("陶芸\n！！！", UnusableWord),
        ("\n".join("言葉" + chr(0x4E00 + n) for n in range(21)), TooManyWords),
        ("陶芸\nすまほ", WordTaken),
    ],
)
def test_what_is_no_group_is_refused(text, refusal):
    before = SynonymGroup.objects.count()

    with pytest.raises(refusal):
        write_group(group=SynonymGroup(), text=text)
    assert SynonymGroup.objects.count() == before


def test_the_refusal_names_the_group_that_has_the_word():
    with pytest.raises(Refusal) as refused:
        group_of("ＰＣ", "計算機")

    assert str(refused.value) == (
        "「PC」は、別の組「パソコン、PC」に入っています。"
        "一つの言葉を入れられるのは一つの組だけです。"
    )


def test_the_database_refuses_a_word_in_two_groups():
    group = group_of("陶芸", "焼き物")
    SynonymWord.objects.create(group=group, position=3, written="土", folded="土")

    with pytest.raises(IntegrityError), transaction.atomic():
        SynonymWord.objects.create(
            group=SynonymGroup.objects.first(), position=9, written="陶芸", folded="陶芸"
        )


def test_a_word_that_somebody_has_just_written_is_refused(monkeypatch):
    check = synonym_groups.checked_words

    def meanwhile(text, *, group):
        words = check(text, group=group)
        monkeypatch.setattr(synonym_groups, "checked_words", check)
        group_of("陶芸", "やきもの")
        return words

    monkeypatch.setattr(synonym_groups, "checked_words", meanwhile)
    with pytest.raises(WordTaken):
        write_group(group=SynonymGroup(), text="陶芸\n焼き物")
    assert SynonymWord.objects.filter(written="焼き物").count() == 0


def test_a_new_synonym_counts_from_the_next_search_on(client, officer):
    publish_page(CourseFactory(slug="tougei", title="焼き物入門"))
    assert matching_course_ids("陶芸") == []

    response = client.post(reverse("synonyms:add"), {"words": "陶芸\n焼き物"})
    assert response.status_code == 302
    assert len(matching_course_ids("陶芸")) == 1

    group = SynonymGroup.objects.get(words__written="陶芸")
    address = reverse("synonyms:edit", args=[group.pk])
    assert "陶芸\n焼き物" in client.get(address).content.decode()
    client.post(address, {"words": "陶芸教室\n焼き物"})
    assert matching_course_ids("陶芸") == []


def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(client, officer):
    page = client.post(reverse("synonyms:add"), {"words": "陶芸\nスマホ"}).content.decode()

    assert "別の組「スマホ、スマートフォン」に入っています" in page
    assert "陶芸\nスマホ</textarea>" in page


def test_officers_leave_deleting_to_administrators(client, officer):
    group = group_of("陶芸", "焼き物")

    client.post(reverse("synonyms:delete", args=[group.pk]))
    assert SynonymGroup.objects.filter(pk=group.pk).exists()
    page = client.get(reverse("synonyms:index")).content.decode()
    assert "陶芸、焼き物" in page
    assert f'href="{reverse("synonyms:edit", args=[group.pk])}"' in page


def test_the_list_is_searched_by_any_word(client, officer):
    address = reverse("synonyms:index_results")

    found = client.get(f"{address}?q=障").content.decode()
    assert "障がい、障害、障碍" in found
    assert "スマートフォン" not in found
    assert "パソコン" not in client.get(f"{address}?q=障").content.decode()


def test_misses_are_listed_most_asked_first(client, officer):
    missed("陶芸", times_asked=3)
    missed("登山", times_asked=9)
    SearchMiss.objects.create(
        digest="x", first_asked_on=date(2026, 11, 1), last_asked_on=date(2026, 11, 2)
    )
    page = client.get(reverse("search_misses:index")).content.decode()

    assert 0 < page.index("登山") < page.index("陶芸")
    assert "言いかえに加える" in page
    assert page.count("一覧から除く") == 2


def test_a_miss_becomes_a_synonym_and_leaves_the_list(client, officer):
    miss = missed("ケータイ")
    page = client.get(reverse("search_misses:index")).content.decode()
    address = f"{reverse('synonyms:add')}?miss={miss.pk}"
    assert address in page
    assert "ケータイ\n</textarea>" in client.get(address).content.decode()

    phones = SynonymGroup.objects.get(words__written="スマホ")
    said = {"words": "ケータイ", "group": str(phones.pk)}
    assert client.post(address, said).status_code == 302
    assert str(SynonymGroup.objects.get(pk=phones.pk)) == "スマホ、スマートフォン、ケータイ"
    assert SearchMiss.objects.count() == 0


@pytest.mark.parametrize("number", ["x", "999", "１", "9" * 40, ""])
def test_a_miss_that_is_none_gives_an_empty_form(client, officer, number):
    assert client.get(f"{reverse('synonyms:add')}?miss={number}").status_code == 200


def test_a_miss_is_taken_off_and_never_written_by_hand(client, officer):
    miss = missed("陶芸")

    assert client.post("/manage/search_misses/new/", {"text": "x"}).status_code == 404
    assert client.get(f"/manage/search_misses/edit/{miss.pk}/").status_code == 404
    client.post(reverse("search_misses:delete", args=[miss.pk]))
    assert SearchMiss.objects.count() == 0


@pytest.mark.parametrize("name", ["synonyms", "search_misses"])
def test_lists_ask_as_often_for_one_as_for_three(
    client, officer, name, django_assert_num_queries, django_assert_max_num_queries
):
    SynonymGroup.objects.all().delete()
    address = reverse(f"{name}:index")
    add = {
        "synonyms": lambda n: group_of(f"陶芸{n}", f"焼き物{n}"),
        "search_misses": missed,
    }

    def more(text):
        add[name](text)

    more("一つ")
    client.get(address)
    with django_assert_max_num_queries(40) as one:
        client.get(address)
    more("二つ")
    more("三つ")
    with django_assert_num_queries(len(one)):
        client.get(address)


def test_officers_may_not_be_given_more_than_the_roles_say(officer):
    names = set(
        Permission.objects.filter(group__user=officer).values_list("codename", flat=True)
    )
    assert {n for n in names if "synonym" in n or "searchmiss" in n} == {
        "add_synonymgroup",
        "change_synonymgroup",
        "view_synonymgroup",
        "delete_searchmiss",
        "view_searchmiss",
    }
