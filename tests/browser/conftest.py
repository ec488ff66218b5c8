"""Headless Chromium against the live test server."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from accounts.models import User
from cms.models import HomePage
from cms.page_cache.kept_pages import kept_pages
from courses.models import CourseRun
from tests.enrollments.back_office import officer_of
from tests.pages import build_site

# Playwright's loop runs in this thread; Django would refuse to use the database in it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
PATIENCE = 15_000  # milliseconds; a busy machine is not a fault of the page
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
expect.set_options(timeout=PATIENCE)
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without Chromium the browser tests are skipped, unless they are required."""
    if CHROMIUM or os.environ.get("REQUIRE_BROWSER"):
        return
    for item in items:
        if Path(str(item.fspath)).parent.name == "browser":
            item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


@pytest.fixture(autouse=True)
def _pages_are_kept(settings: Any) -> None:
    """As in production: whatever a journey changes has to show on its next page."""
    settings.KEEP_PAGES = True
    kept_pages.forget()


@pytest.fixture
def served(transactional_db: None, live_server: Any, settings: Any) -> HomePage:
    """The small site, with mails that lead to it."""
    settings.PUBLIC_URL = live_server.url
    return build_site()


@pytest.fixture
def officer(run: CourseRun) -> User:
    """Of the section whose run it is."""
    return officer_of(run.course.department)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    assert CHROMIUM, "REQUIRE_BROWSER is set, but Chromium was not found"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A phone of 390 pixels that fails the test on any script error."""
    yield from _page(chromium, 390, 844)


@pytest.fixture
def desk(chromium: Browser) -> Iterator[Page]:
    yield from _page(chromium, 1280, 900)


def _page(browser: Browser, width: int, height: int) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="ja-JP"
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []
