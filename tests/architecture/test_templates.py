"""Templates obey the strict content security policy, and all of them compile."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

TEMPLATES = Path(__file__).parent.parent.parent / "cms" / "templates"
FILES = sorted(path for path in TEMPLATES.rglob("*") if path.is_file())
INLINE = re.compile(
    r"<style\b|\sstyle=|\son[a-z]+=|<script\b(?![^>]*\ssrc=)(?![^>]*ld\+json)", re.I
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_template_compiles(path):
    get_template(str(path.relative_to(TEMPLATES)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_template_has_no_inline_script_or_style(path):
    assert INLINE.findall(path.read_text(encoding="utf-8")) == []


def test_inline_script_would_be_found():
    assert INLINE.search('<p style="color:red">')
    assert INLINE.search("<script>alert(1)</script>")
    assert INLINE.search('<a onclick="x()">')
    assert not INLINE.search('<script src="/x.js" defer></script>')
