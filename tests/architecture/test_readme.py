"""The README names only commands that exist, and stays short."""

import re
from pathlib import Path

from django.core.management import get_commands

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_readme_is_short():
    assert len(README.splitlines()) <= 150


def test_readme_names_existing_make_targets():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    named = set(re.findall(r"(?:`|^|8080 )make ([a-z-]+)", README, re.M))

    assert {"run", "test"} <= named
    assert named <= targets


def test_readme_names_existing_commands():
    named = set(re.findall(r"manage\.py ([a-z_]+)", README))

    assert named <= set(get_commands())


def test_readme_links_lead_somewhere():
    links = re.findall(r"\]\((?!https?:)([^)#]+)", README)

    assert [link for link in links if not (ROOT / link).exists()] == []
