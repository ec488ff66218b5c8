"""What a browser would send of a page's form if nobody touched it."""

from html.parser import HTMLParser
from typing import Any


class _Controls(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, Any] = {}
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        name = said.get("name") or ""
        if tag == "select":
            self.select = name
        elif tag == "textarea":
            self.area, self.found[name] = name, ""
        elif tag == "option" and self.select:
            if "selected" in said or self.select not in self.found:
                self.found[self.select] = said.get("value") or ""
        elif tag == "input" and name:
            self._input(name, said)

    def _input(self, name: str, said: dict[str, str | None]) -> None:
        kind, value = said.get("type") or "text", said.get("value") or ""
        if kind in ("checkbox", "radio"):
            if "checked" in said:
                self.found.setdefault(name, []).append(value or "on")
        else:
            self.found[name] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.found[self.area] += data


def as_shown(response: Any) -> dict[str, Any]:
    """Every control of the page by its name; buttons are pressed by the test."""
    controls = _Controls()
    controls.feed(response.content.decode())
    return controls.found
