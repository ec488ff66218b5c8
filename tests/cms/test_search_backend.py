"""What the library and the back office may ask of a search backend."""

import sys

import pytest
from modelsearch.query import MATCH_ALL, And, Not, Or, Phrase, PlainText
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from cms.models import CoursePage
from tests.factories import CourseFactory
from tests.pages import build_site, publish_page

TITLES = {"a": "川の生き物", "b": "川の橋", "c": "橋と水路", "d": "山の道具 tools"}


@pytest.fixture
def pages(db) -> None:
    build_site()
    for slug, title in TITLES.items():
        publish_page(CourseFactory(slug=slug, title=title), intro="水路をめぐる。")


def slugs(query, queryset=None, *, method="search", **options) -> list[str]:
    searched = CoursePage.objects.all() if queryset is None else queryset
    search = getattr(get_search_backend(), method)
    return [page.slug for page in search(query, searched, **options)]


def test_combined_queries_keep_their_parentheses(pages):
    river, bridge, tools = PlainText("生き物"), PlainText("橋"), PlainText("道具")

    assert set(slugs(And([Or([river, bridge]), PlainText("川")]))) == {"a", "b"}
    assert set(slugs(And([PlainText("川"), Or([river, bridge])]))) == {"a", "b"}
    assert set(slugs(Or([And([river, bridge]), tools]))) == {"d"}


def test_everything_is_found_by_a_query_that_matches_all(pages):
    assert len(slugs(MATCH_ALL)) == 4
    assert slugs(And([MATCH_ALL, PlainText("道具")])) == ["d"]


def test_a_query_without_words_finds_nothing(pages):
    assert slugs("！？") == []
    assert slugs(Phrase("、")) == []
    assert get_search_backend().search("！？", CoursePage).count() == 0


def test_a_query_that_is_not_understood_is_refused(pages):
    with pytest.raises(NotImplementedError):
        slugs(Not(PlainText("川")))


def test_one_word_of_several_is_enough_where_the_caller_says_so(pages):
    assert set(slugs("生き物 道具", operator="or")) == {"a", "d"}
    assert slugs("生き物 道具") == []


def test_single_fields_are_searched_as_far_as_they_are_told_apart(pages):
    assert slugs("水路", fields=["title"]) == ["c"]
    assert len(slugs("水路", fields=["intro"])) == 4
    assert len(slugs("水路", fields=["title", "intro"])) == 4


def test_results_are_counted_sliced_and_scored(pages):
    results = get_search_backend().search("水路", CoursePage)
    everything = [page.slug for page in results]

    assert results.count() == 4
    assert everything[0] == "c"
    assert [page.slug for page in results[1:3]] == everything[1:3]
    assert results[0].slug == "c"
    assert results.column("slug") == everything
    assert results[:2].column("slug") == everything[:2]
    scores = [page.score for page in results.annotate_score("score")]
    assert len(set(scores)) > 1


def test_the_callers_own_order_and_filters_are_kept(pages):
    in_order = CoursePage.objects.order_by("id")

    assert slugs("水路", in_order, order_by_relevance=False) == ["a", "b", "c", "d"]
    assert slugs("水路", in_order)[0] == "c"
    assert slugs("水路", CoursePage.objects.filter(title="川の橋")) == ["b"]
    assert len(slugs("水路", order_by_relevance=False)) == 4


def test_results_are_counted_by_a_field(pages):
    CoursePage.objects.filter(slug="d").update(live=False)
    results = get_search_backend().search("水路", CoursePage)

    assert results.facet("live") == {True: 3, False: 1}


def test_many_results_are_all_fetched(pages, monkeypatch):
    database = sys.modules[type(get_search_backend()).__module__]
    monkeypatch.setattr(database, "FEW", 2)

    assert slugs("水路")[0] == "c"
    assert set(slugs("水路")) == set(TITLES)


def test_what_is_being_typed_finds_titles(pages):
    assert slugs("too", method="autocomplete") == ["d"]
    assert slugs("too") == []
    assert slugs("道", method="autocomplete") == ["d"]
    assert slugs("めぐる", method="autocomplete") == []


def test_the_back_office_finds_pages_and_images_in_japanese(admin_client, pages):
    get_image_model().objects.create(title="防災訓練の写真", file=get_test_image_file())

    page_list = admin_client.get("/manage/pages/search/?q=いきもの").content.decode()
    assert "川の生き物" in page_list
    assert "山の道具" not in page_list
    quoted = admin_client.get('/manage/pages/search/?q="川" 橋').content.decode()
    assert ("川の橋" in quoted, "橋と水路" in quoted) == (True, False)
    images = admin_client.get("/manage/images/?q=ぼうさい").content.decode()
    assert "防災訓練の写真" in images


def test_pages_of_all_kinds_are_searched_together(pages):
    assert [page.specific.slug for page in Page.objects.search("冬の講座")] == ["winter"]
