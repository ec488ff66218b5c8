"""The pages: home, catalogue, stages, series, paths, news and standard pages."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from wagtail.models import Page

from accounts.models import User
from cms.demo.identifiers import identifier
from cms.demo.joint import joint_prose
from cms.demo.offerings import Offerings, first_published
from cms.demo.prose import body_json
from cms.demo.reading import CourseContent, read
from cms.demo.resources import resources_json
from cms.models import (
    CatalogueIndexPage,
    HomePage,
    JointSessionIndexPage,
    NewsCourse,
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
from cms.page_types import page_type_of
from cms.pages_for_courses import index_pages, indexed_once
from cms.site_setup import clear_first_pages, point_site_at, site_texts
from courses.enums import CourseKind
from courses.models import Course, Series, Stage
from learning_paths.models import Path

Covers = dict[str, Any]
HOME_KEY = identifier("page", "home")


@dataclass(frozen=True)
class Writer:
    """Writes a page as its author would: a revision, published unless it is a draft."""

    author: User

    def page(
        self,
        parent: Page,
        model: type[Page],
        slug: str,
        words: dict[str, Any],
        *,
        draft: bool = False,
        **facts: Any,
    ) -> Page:
        page = model(
            slug=slug,
            title=words["title"],
            intro=words.get("intro", ""),
            search_description=words.get("intro", ""),
            body=body_json(words.get("body", ""), key=f"{model.__name__}/{slug}"),
            translation_key=identifier("page", model.__name__, slug),
            owner=self.author,
            live=False,
            **facts,
        )
        parent.add_child(instance=page)
        revision = page.save_revision(user=self.author, clean=False)
        if not draft:
            page.publish(revision, user=self.author, skip_permission_checks=True)
        return page


def build_home(*, author: User) -> HomePage:
    """The root of the site, in the place of Wagtail's own first page."""
    root = clear_first_pages()
    words = read("pages")["home"]
    home = HomePage(
        slug="home",
        title=words["title"],
        intro=words["intro"],
        translation_key=HOME_KEY,
        owner=author,
    )
    root.add_child(instance=home)
    home.save_revision(user=author, clean=False).publish(user=author)
    point_site_at(home)
    return home


def build_pages(
    home: HomePage,
    offerings: Offerings,
    *,
    covers: Covers,
    author: User,
    at: datetime,
) -> None:
    """Everything below home."""
    write, words = Writer(author), {**site_texts(), **read("pages")}
    catalogue = write.page(home, CatalogueIndexPage, "courses", words["catalogue"])
    joint = write.page(home, JointSessionIndexPage, "joint", words["joint"])
    with indexed_once():
        for content in offerings.contents.values():
            index = joint if content.kind == CourseKind.JOINT_SESSION else catalogue
            _course_page(index, write, content, offerings, covers, at)
    index_pages(course.pk for course in offerings.courses.values())
    _stage_pages(home, write, words)
    _series_pages(home, write, words)
    _path_pages(home, write, words)
    _news_pages(home, write, words, at)
    for entry in words["standard"]:
        write.page(home, StandardPage, entry["slug"], entry)
    _date_back(at)


def _course_page(
    index: Page,
    write: Writer,
    content: CourseContent,
    offerings: Offerings,
    covers: Covers,
    at: datetime,
) -> None:
    course = offerings.courses[content.slug]
    write.page(
        index,
        page_type_of(course),
        content.slug,
        {"title": content.title, "intro": content.intro, "body": content.body},
        draft=content.draft,
        course=course,
        outcomes="\n".join(content.outcomes),
        cover=covers[content.cover],
        **(joint_prose(content.slug) if course.is_joint else {}),
    )


def _stage_pages(home: HomePage, write: Writer, words: dict[str, Any]) -> None:
    index = write.page(home, StageIndexPage, "stages", words["stages"])
    for stage in Stage.objects.all():
        own = {"title": stage.name, **words["stage"].get(stage.key, {})}
        write.page(index, StagePage, stage.key, own, stage=stage)


def _series_pages(home: HomePage, write: Writer, words: dict[str, Any]) -> None:
    index = write.page(home, SeriesIndexPage, "series", words["series"])
    rows = {row.slug: row for row in Series.objects.all()}
    for entry in read("series")["series"]:
        resources = resources_json(entry["slug"], entry.get("resources", []))
        series = rows[entry["slug"]]
        write.page(
            index, SeriesPage, entry["slug"], entry, series=series, resources=resources
        )


def _path_pages(home: HomePage, write: Writer, words: dict[str, Any]) -> None:
    index = write.page(home, PathIndexPage, "paths", words["paths"])
    rows = {row.slug: row for row in Path.objects.all()}
    for entry in read("paths")["path"]:
        own = {**entry, "title": entry["name"]}
        write.page(index, PathPage, entry["slug"], own, path_followed=rows[entry["slug"]])


def _news_pages(home: HomePage, write: Writer, words: dict[str, Any], at: datetime) -> None:
    index = write.page(home, NewsIndexPage, "news", words["news"])
    for entry in words["article"]:
        dated_on = at.date() - timedelta(days=entry["date"])
        courses = Course.objects.filter(slug__in=entry.get("courses", []))
        related = [NewsCourse(course=course) for course in courses]
        facts = {"dated_on": dated_on, "related_courses": related}
        write.page(index, NewsPage, entry["slug"], entry, **facts)


def _date_back(at: datetime) -> None:
    """Pages went live when their courses did, not at the moment of building."""
    live = Page.objects.filter(live=True)
    live.update(first_published_at=first_published(at))
