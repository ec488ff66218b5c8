"""A small site of pages for tests: home, catalogue, stages, and courses on it."""

from typing import Any

from wagtail.models import Page, Site

from cms.models import (
    CatalogueIndexPage,
    CoursePage,
    HomePage,
    JointSessionIndexPage,
    NewsIndexPage,
    NewsPage,
    PathIndexPage,
    PathPage,
    SeriesIndexPage,
    SeriesPage,
    StageIndexPage,
    StagePage,
    StandardPage,
)
from cms.page_types import index_type_of, page_type_of
from courses.models import Course, Series, Stage
from learning_paths.models import Path
from tests.rebuilding import rebuilt


def build_site() -> HomePage:
    """Home with an index of every kind, and a page per stage."""
    reads = ("courses_stage", "django_content_type", "wagtailcore_locale")
    rebuilt(_build_site, reads=reads)
    return HomePage.objects.get()


def _build_site() -> None:
    root = Page.objects.get(depth=1)
    for page in root.get_children():
        page.delete()
    root = Page.objects.get(depth=1)
    home = root.add_child(
        instance=HomePage(
            title="まちの学びを、ここから", slug="home", intro="講座をさがせます。"
        )
    )
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    home.add_child(instance=CatalogueIndexPage(title="講座をさがす", slug="courses"))
    home.add_child(instance=JointSessionIndexPage(title="合同学習会", slug="joint"))
    stages = home.add_child(instance=StageIndexPage(title="ステージ", slug="stages"))
    for stage in Stage.objects.all():
        stages.add_child(instance=StagePage(title=stage.name, slug=stage.key, stage=stage))
    home.add_child(instance=SeriesIndexPage(title="地域課題シリーズ", slug="series"))
    home.add_child(instance=PathIndexPage(title="学びの道すじ", slug="paths"))
    news = home.add_child(instance=NewsIndexPage(title="新着情報", slug="news"))
    news.add_child(instance=NewsPage(title="冬の講座", slug="winter"))
    home.add_child(instance=StandardPage(title="個人情報の取扱い", slug="privacy"))


def publish_page(course: Course, **prose: Any) -> CoursePage:
    """The course's page, live through Wagtail's own publishing."""
    made = page_type_of(course)(
        title=course.title, slug=course.slug, course=course, **prose
    )
    page = index_type_of(course).objects.get().add_child(instance=made)
    page.save_revision().publish()
    course.refresh_from_db()
    return page


def publish_series(series: Series) -> SeriesPage:
    parent = SeriesIndexPage.objects.get()
    return parent.add_child(
        instance=SeriesPage(title=series.title, slug=series.slug, series=series)
    )


def publish_path(path: Path) -> PathPage:
    parent = PathIndexPage.objects.get()
    return parent.add_child(
        instance=PathPage(title=path.name, slug=path.slug, path_followed=path)
    )
