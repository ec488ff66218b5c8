"""What the findings say, as plain data: three lists of lines, and the next steps with who
and when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

LISTS = ("learned", "agreed", "remains")
LONGEST = {"line": 200, "what": 200, "who": 80, "when": 60}


@dataclass(frozen=True)
class Step:
    """`when` in words, `due_on` where there is a day. `key` stays with the step through
    all versions."""

    what: str
    who: str = ""
    when: str = ""
    due_on: date | None = None
    key: UUID = field(default_factory=uuid4)


@dataclass(frozen=True)
class Content:
    learned: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()
    remains: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.learned or self.agreed or self.remains or self.steps)

    def stored(self) -> dict[str, Any]:
        lists = {name: list(getattr(self, name)) for name in LISTS}
        return {**lists, "steps": [_stored(step) for step in self.steps]}


def content_from(stored: Mapping[str, Any]) -> Content:
    return Content(
        **{name: tuple(stored.get(name, ())) for name in LISTS},
        steps=tuple(_step(step) for step in stored.get("steps", ())),
    )


def lines_of(text: str) -> tuple[str, ...]:
    """One a line; a mark that somebody put before it goes."""
    lines = (line.strip().lstrip("・*-●").strip() for line in text.splitlines())
    return tuple(line[: LONGEST["line"]] for line in lines if line)


def _stored(step: Step) -> dict[str, str]:
    due = step.due_on.isoformat() if step.due_on else ""
    parts = {"what": step.what, "who": step.who, "when": step.when, "due_on": due}
    return {"key": str(step.key), **parts}


def _step(stored: Mapping[str, str]) -> Step:
    due = stored.get("due_on", "")
    return Step(
        what=stored["what"],
        who=stored.get("who", ""),
        when=stored.get("when", ""),
        due_on=date.fromisoformat(due) if due else None,
        key=UUID(stored["key"]),
    )


@dataclass(frozen=True)
class Difference:
    """A line that came to a part, or left it."""

    part: str
    line: str
    is_new: bool


def differences(before: Content, after: Content) -> list[Difference]:
    """Part by part: what left, then what came."""
    found: list[Difference] = []
    for name in LISTS:
        found += _of_part(name, getattr(before, name), getattr(after, name))
    words = (tuple(map(step_line, one.steps)) for one in (before, after))
    return found + _of_part("steps", *words)


def _of_part(part: str, before: Iterable[str], after: Iterable[str]) -> list[Difference]:
    old, new = list(before), list(after)
    left = [Difference(part, line, is_new=False) for line in old if line not in new]
    came = [Difference(part, line, is_new=True) for line in new if line not in old]
    return left + came


def step_line(step: Step) -> str:
    until = step.due_on.isoformat() if step.due_on else ""
    return "　".join(filter(None, (step.what, step.who, step.when, until)))
