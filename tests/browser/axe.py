"""WCAG 2.2 AA as far as a machine can see it."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": RULES}}


def violations(page: Page, *, context: str | None = None) -> list[str]:
    """One line per violation: rule, and where it is."""
    found = Axe().run(page, context=context, options=OPTIONS).response["violations"]
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in found
        for node in violation["nodes"]
    ]


WIDE = """width => [...document.querySelectorAll("body *")]
  .filter(element => element.getBoundingClientRect().right > width + 1)
  .map(element => element.outerHTML.slice(0, 120)).slice(0, 5)"""


def assert_fits(page: Page) -> None:
    """Nothing makes the page scroll sideways."""
    width = page.viewport_size["width"]
    found = page.evaluate("document.documentElement.scrollWidth")
    if found > width:
        raise AssertionError(f"{page.url} is {found} wide: {page.evaluate(WIDE, width)}")
