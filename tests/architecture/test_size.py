"""The size budget: small files, small functions, small templates."""

import ast
import statistics
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
APPS = ("accounts", "courses", "enrollments", "learning_paths", "cms")
MODULE_LIMIT = 400
FUNCTION_LIMIT = 50
TEMPLATE_LIMIT = 130


def _modules(folders: tuple[str, ...] = APPS) -> list[Path]:
    """Hand-written code; migrations are generated, demo content is data."""
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts and "content" not in path.parts
    ]


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _functions(path: Path) -> list[tuple[str, int]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        (f"{path.relative_to(ROOT)}:{node.name}", node.end_lineno - node.lineno + 1)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def _nine_tenths(numbers: list[int]) -> float:
    return statistics.quantiles(numbers, n=10)[-1]


def test_modules_stay_small():
    sizes = {str(path.relative_to(ROOT)): _lines(path) for path in _modules()}
    written = [size for size in sizes.values() if size > 0]

    assert {name: size for name, size in sizes.items() if size > MODULE_LIMIT} == {}
    assert statistics.median(written) <= 75
    assert _nine_tenths(written) <= 250


def test_functions_stay_small():
    sizes = [found for path in _modules() for found in _functions(path)]
    lengths = [length for _name, length in sizes]

    assert [found for found in sizes if found[1] > FUNCTION_LIMIT] == []
    assert statistics.median(lengths) <= 8
    assert _nine_tenths(lengths) <= 25


def test_tests_stay_small():
    sizes = {path.name: _lines(path) for path in _modules(("tests",))}
    assert {name: size for name, size in sizes.items() if size > MODULE_LIMIT} == {}


def test_templates_stay_small():
    sizes = {
        str(path.relative_to(ROOT)): _lines(path)
        for path in (ROOT / "cms" / "templates").rglob("*")
        if path.is_file()
    }
    assert {name: size for name, size in sizes.items() if size > TEMPLATE_LIMIT} == {}


@pytest.mark.parametrize("word", ["utils", "helpers", "misc", "manager", "services"])
def test_nothing_is_named_after_nothing(word):
    named = [
        path.relative_to(ROOT)
        for folder in (*APPS, "tests")
        for path in (ROOT / folder).rglob("*.py")
        if word in path.stem.split("_")
    ]
    assert named == []
