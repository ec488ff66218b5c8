"""Every message id that the source asks for, found without the gettext tools."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).parent.parent.parent
APPS = ("accounts", "courses", "enrollments", "learning_paths", "cms")
SINGULAR = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
IN_TEMPLATE = re.compile(r"\b(n?p?)gettext\(u?r?'((?:[^'\\]|\\.)*)'", re.S)


def in_python(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        position = 1 if node.func.id in CONTEXT else 0
        if node.func.id in SINGULAR | PLURAL | CONTEXT and len(node.args) > position:
            text = node.args[position]
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                yield text.value


def in_template(source: str) -> Iterator[str]:
    for match in IN_TEMPLATE.finditer(templatize(source)):
        yield ast.literal_eval(f"'''{match[2]}'''")


def message_ids() -> dict[str, str]:
    """Message id → the file that asks for it."""
    found: dict[str, str] = {}
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*")):
            if "migrations" in path.parts or "content" in path.parts:
                continue
            if path.suffix == ".py":
                ids = in_python(path.read_text(encoding="utf-8"))
            elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
                ids = in_template(path.read_text(encoding="utf-8"))
            else:
                continue
            for message in ids:
                if message:
                    found.setdefault(message, str(path.relative_to(ROOT)))
    return found
