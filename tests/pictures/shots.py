"""What is shown in the documents, and who sees it."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from cms.demo.accounts import PASSWORD  # noqa: F401

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


def first_course(page: Page) -> None:
    page.click("table a >> nth=0")
    page.wait_for_load_state()


SHOTS = (
    Shot("home", "/"),
    Shot("catalogue", "/courses/"),
    Shot("catalogue-phone", "/courses/", width=390, height=844),
    Shot("month", "/courses/?view=month"),
    Shot("start", "/manage/", OFFICER),
    Shot("course-form", "/manage/courses/new/", OFFICER),
    Shot("course", "/manage/courses/", OFFICER, act=first_course),
)
