"""The index follows the pages, and a course's facts when it is told."""

from random import Random
from typing import Any

import pytest
from django.core.management import call_command
from wagtail.models import Page

from cms.models import CatalogueIndexPage, CoursePage, StandardPage
from cms.search.facts import course_words
from cms.search.query import matching_course_ids
from cms.search.reindex import reindex_course
from courses.models import Competency, Course, CoursePartner, Partner, Stage
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    DepartmentFactory,
    PublicInstructorFactory,
    SessionFactory,
    ThemeFactory,
    VenueFactory,
)
from tests.pages import build_site, publish_page


@pytest.fixture
def course(db) -> Course:
    build_site()
    return CourseFactory(slug="hasami", title="鋏の研ぎ方", kind="workshop")


def is_found(text: str) -> bool:
    return bool(matching_course_ids(text))


def test_a_page_is_found_while_it_is_live(course):
    page = CatalogueIndexPage.objects.get().add_child(
        instance=CoursePage(title=course.title, slug="hasami", course=course, live=False)
    )
    assert not is_found("鋏")

    page.save_revision().publish()
    assert matching_course_ids("鋏") == [course.pk]

    page.refresh_from_db()
    page.unpublish()
    assert not is_found("鋏")


def test_an_edited_page_is_found_by_its_new_words_once_published(course):
    page = publish_page(course)
    page.title, page.intro, page.outcomes = "包丁の研ぎ方", "砥石を選ぶ", "刃こぼれを直せる"
    revision = page.save_revision()
    assert (is_found("鋏"), is_found("包丁")) == (True, False)

    revision.publish()
    assert (is_found("鋏"), is_found("包丁")) == (False, True)
    assert (is_found("砥石"), is_found("刃こぼれ")) == (True, True)


def test_the_body_of_a_page_is_searched(course):
    publish_page(course, body=[("paragraph", "<p>油を<b>さ</b>します。</p>")])

    assert is_found("さします")


def test_a_deleted_page_leaves_the_index(course):
    page = publish_page(course)
    page.delete()

    assert not is_found("鋏")
    assert list(Page.objects.search("鋏")) == []


def test_the_facts_of_a_course_are_searched(course):
    course.title_kana, course.title_en = "ハサミノトギカタ", "Sharpening scissors"
    course.summary = "職人が教えます。"
    course.department = DepartmentFactory(name="産業振興課")
    course.save()
    course.stages.add(Stage.objects.first())
    course.themes.add(ThemeFactory(name="伝統工芸", name_en="Crafts"))
    course.competencies.add(Competency.objects.get(key="creativity"))
    course.instructors.add(PublicInstructorFactory(family_name="髙梨"))
    run = CourseRunFactory(course=course, venue=VenueFactory(name="鍛冶町会館"))
    SessionFactory(run=run, venue=VenueFactory(name="分館工房"))
    publish_page(course)

    words = "ハサミ scissors 職人 産業振興課 伝統工芸 crafts 創造性 高梨 鍛冶町 分館工房"
    words = [*words.split(), Stage.objects.first().name, "ワークショップ"]
    assert [word for word in words if not is_found(word)] == []


@pytest.mark.parametrize("taken_back", ["consents_to_publish", "approved_at"])
def test_an_instructor_is_found_only_with_consent_and_approval(course, taken_back):
    instructor = PublicInstructorFactory(family_name="髙梨")
    course.instructors.add(instructor)
    publish_page(course)
    assert is_found("髙梨")
    assert is_found(instructor.full_name.replace(" ", ""))

    setattr(instructor, taken_back, False if taken_back.startswith("con") else None)
    instructor.save()
    reindex_course(course)
    assert not is_found("髙梨")


def test_a_course_is_found_by_partner_part_of_town_and_audience(course):
    partner = Partner.objects.create(name="刃物組合")
    CoursePartner.objects.create(course=course, partner=partner, relation="supporter")
    venue = VenueFactory(name="分館", area="鍛冶町地区")
    CourseRunFactory(course=course, venue=venue, audience="小学生と保護者")
    CourseRunFactory(course=course, audience="退職した方", state="planned")
    publish_page(course)

    found = [is_found(word) for word in ("刃物組合", "鍛冶町", "保護者", "退職")]
    assert found == [True, True, True, False]


def test_a_run_that_is_only_planned_is_not_searched(course):
    CourseRunFactory(course=course, venue=VenueFactory(name="鍛冶町会館"), state="planned")
    publish_page(course)

    assert not is_found("鍛冶町")


def test_a_fact_changed_outside_the_page_is_found_after_reindexing(course):
    publish_page(course)
    Course.objects.update(title_kana="モリデマナブ")
    course.themes.add(ThemeFactory(name="伝統工芸"))
    assert (is_found("森で学ぶ"), is_found("工芸")) == (False, False)

    reindex_course(course)
    assert (is_found("もりでまなぶ"), is_found("工芸")) == (True, True)


def test_a_course_without_a_page_has_nothing_to_reindex(course):
    reindex_course(course)

    assert not is_found("鋏")


def test_rebuilding_finds_what_was_indexed_before(course):
    publish_page(course)
    call_command("rebuild_modelsearch_index", verbosity=0)

    assert matching_course_ids("鋏") == [course.pk]


def indexed(*titles: str) -> list[CoursePage]:
    for title in titles:
        made = CourseFactory(title=title, slug=title)
        made.themes.add(ThemeFactory())
        made.instructors.add(PublicInstructorFactory())
        SessionFactory(run=CourseRunFactory(course=made, venue=VenueFactory()))
        publish_page(made)
    return list(CoursePage.get_indexed_objects())


def words_of_all() -> list[Any]:
    return [course_words(page.course) for page in CoursePage.get_indexed_objects()]


def test_facts_of_all_pages_are_read_in_a_fixed_number_of_queries(
    course, django_assert_num_queries, django_assert_max_num_queries
):
    indexed("一")
    with django_assert_max_num_queries(8) as asked:
        assert len(words_of_all()) == 1
    indexed("二", "三")
    with django_assert_num_queries(len(asked)):
        assert len(words_of_all()) == 3


def test_a_page_too_long_to_index_whole_is_saved_and_its_titles_are_found(course):
    """Beyond a megabyte of tokens PostgreSQL would refuse the page."""
    unlike = "".join(map(chr, Random(1).choices(range(0x4E00, 0x9FA0), k=60_000)))
    page = publish_page(course, intro="研ぎ石", outcomes=unlike)

    assert matching_course_ids("鋏") == [course.pk]
    assert matching_course_ids("研ぎ石") == [course.pk]
    page.refresh_from_db()
    assert len(page.outcomes) == 60_000


def test_pages_of_other_kinds_are_indexed_too(course):
    home = Page.objects.get(depth=2)
    home.add_child(instance=StandardPage(title="個人情報の取扱い", slug="kojin"))

    assert [page.slug for page in Page.objects.search("取り扱い 個人")] == [
        "kojin",
        "privacy",
    ]
