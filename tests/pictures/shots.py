"""What is shown in the documents, and who sees it."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

PASSWORD = "manabiba-demo-2026"

OFFICER = "officer@example.jp"


def nothing(page: Page) -> None:
    """The page as it opens."""


@dataclass(frozen=True)
class Shot:
    name: str
    path: str
    account: str = ""
    width: int = 1280
    height: int = 0
    act: Callable[[Page], None] = nothing


def first_of_list(page: Page) -> None:
    page.click("main table tbody a >> nth=0")
    page.wait_for_load_state()


def known_course(page: Page) -> None:
    page.click("main table >> text=はじめての市民活動講座")
    page.wait_for_load_state()


SHOTS = (
    Shot("home", "/"),
    Shot("catalogue", "/courses/"),
    Shot("catalogue-phone", "/courses/?q=ぼうさい", width=390, height=844),
    Shot("month", "/courses/?view=month"),
    Shot("start", "/manage/", OFFICER),
    Shot("course-form", "/manage/courses/new/?template=1", OFFICER),
    Shot("course", "/manage/courses/", OFFICER, act=known_course),
    Shot("bulletin", "/manage/bulletin/", OFFICER),
    Shot("import", "/manage/import/", OFFICER),
    Shot("synonyms", "/manage/synonyms/", OFFICER),
    Shot("venue", "/manage/venues/", OFFICER, act=first_of_list),
    Shot("approval", "/manage/", "head@example.jp"),
)
