"""The pages that a city's site begins with.

Run again, it adds what is missing (a page for a new stage, say) and changes nothing
that an editor has written. The pages that only the city can finish stay drafts.
"""

import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site

from cms.models import (
    CatalogueIndexPage,
    HomePage,
    JointSessionIndexPage,
    NewsIndexPage,
    PathIndexPage,
    SeriesIndexPage,
    StageIndexPage,
    StagePage,
    StandardPage,
)
from cms.plain_prose import blocks_of
from courses.models import Stage

TEXTS = Path(__file__).parent / "site_texts.toml"
INDEXES: tuple[tuple[type[Page], str, str], ...] = (
    (CatalogueIndexPage, "courses", "catalogue"),
    (JointSessionIndexPage, "joint", "joint"),
    (StageIndexPage, "stages", "stages"),
    (SeriesIndexPage, "series", "series"),
    (PathIndexPage, "paths", "paths"),
    (NewsIndexPage, "news", "news"),
)


def site_texts() -> dict[str, Any]:
    """The first words of each page, with the names of the city and the site in them."""
    text = TEXTS.read_text(encoding="utf-8")
    text = text.replace("{city}", settings.CITY_NAME).replace("{site}", settings.SITE_NAME)
    return tomllib.loads(text)


@transaction.atomic
def set_up_site() -> list[Page]:
    """Make the pages that are missing; returns them, parents first."""
    texts = site_texts()
    home = HomePage.objects.first()
    made: list[Page] = []
    if home is None:
        home = _make_home(texts["home"])
        made.append(home)
    for model, slug, key in INDEXES:
        if not model.objects.exists():
            made.append(_make(home, model, slug, texts[key]))
    made += _stage_pages(texts["stage"])
    for words in texts["standard"]:
        if not Page.objects.child_of(home).filter(slug=words["slug"]).exists():
            made.append(_make(home, StandardPage, words["slug"], words, draft=True))
    return made


def point_site_at(home: HomePage) -> Site:
    """One site, at the public address; the row that Wagtail came with goes."""
    address = urlsplit(settings.PUBLIC_URL)
    Site.objects.all().delete()
    return Site.objects.create(
        hostname=address.hostname or "localhost",
        port=address.port or (443 if address.scheme == "https" else 80),
        site_name=settings.SITE_NAME,
        root_page=home,
        is_default_site=True,
    )


def clear_first_pages() -> Page:
    """The root, without the welcome page that Wagtail came with."""
    root = Page.get_first_root_node()
    root.get_children().delete()
    return Page.objects.get(pk=root.pk)


def _make_home(words: dict[str, Any]) -> HomePage:
    home = _make(clear_first_pages(), HomePage, "home", words)
    point_site_at(home)
    return home


def _stage_pages(texts: dict[str, Any]) -> list[Page]:
    index = StageIndexPage.objects.first()
    return [
        _make(index, StagePage, stage.key, texts.get(stage.key, {}), stage=stage)
        for stage in Stage.objects.exclude(pk__in=StagePage.objects.values("stage"))
    ]


def _make(
    parent: Page,
    model: type[Page],
    slug: str,
    words: dict[str, Any],
    *,
    draft: bool = False,
    **facts: Any,
) -> Page:
    intro = words.get("intro", "")
    page = model(
        slug=slug,
        title=words["title"] if "title" in words else facts["stage"].name,
        intro=intro,
        search_description=intro,
        body=blocks_of(words.get("body", "")),
        live=False,
        **facts,
    )
    parent.add_child(instance=page)
    revision = page.save_revision(clean=False)
    if not draft:
        page.publish(revision, skip_permission_checks=True)
    return page
