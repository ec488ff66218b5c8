"""What an empty form is filled with: a template, or an earlier course or run."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from cms.models import CoursePage


@dataclass(frozen=True)
class Beginning:
    """Values by the names of the fields. `source` says in words what they come from,
    `notes` what has to be looked at; `kinds` are the pools that a copy has, `rows` its
    conditions, questions and offers of support."""

    source: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    prose: dict[str, Any] = field(default_factory=dict)
    partners: list[dict[str, str]] = field(default_factory=list)
    run: dict[str, Any] = field(default_factory=dict)
    kinds: Sequence[str] = ()
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    sessions: list[dict[str, Any]] = field(default_factory=list)
    repeat: dict[str, Any] = field(default_factory=dict)
    notes: Sequence[str] = ()
    page: CoursePage | None = None
