"""ical.js in an embedded engine: neither a browser nor Node is needed."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import quickjs

HERE = Path(__file__).parent


@cache
def _reader() -> Any:
    context = quickjs.Context()
    context.eval("var module = {exports: {}}, exports = module.exports;")
    context.eval((HERE / "ical.es5.min.cjs").read_text())
    return context.eval((HERE / "read.js").read_text())


def read_in_javascript(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(_reader()(text))
    return found
