"""A learning path as its page shows it: every step with what is on for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cms.presenters.cards import CourseCard, cards_for
from courses.models import Competency
from learning_paths.domain.step_plans import CoursesOfSteps, steps_loaded
from learning_paths.domain.step_words import rule_sentences
from learning_paths.domain.versions import current_version
from learning_paths.enums import StepKind
from learning_paths.models import Path, PathVersion, Step

# Of a theme, those with the next dates; the catalogue has the rest.
MOST_OF_A_THEME = 6


@dataclass(frozen=True)
class StepLine:
    """A step with the cards of its public courses. `more` is the catalogue's question for
    the others of a theme."""

    step: Step
    name: str
    rules: list[str]
    cards: list[CourseCard]
    competencies: list[Competency]
    more: str


def path_context(path: Path, *, at: datetime) -> dict[str, Any]:
    version = current_version(path)
    lines = step_lines(version, at=at) if version else []
    return {
        "learning_path": path,
        "version": version,
        "steps": lines,
        "required": sum(1 for line in lines if line.step.is_required),
        "competencies": _by_competency(lines),
    }


def step_lines(version: PathVersion, *, at: datetime) -> list[StepLine]:
    """In order, in a fixed number of queries."""
    steps = list(steps_loaded().filter(version=version))
    takes = CoursesOfSteps(steps)
    taken = {step.pk: takes(step) for step in steps}
    keys = list(
        dict.fromkeys(one.pk for own in taken.values() for one in own if one.is_public)
    )
    cards = dict(zip(keys, cards_for(keys, at=at), strict=True))
    return [
        StepLine(
            step=step,
            name=step.label,
            rules=rule_sentences(step, offered=len(taken[step.pk])),
            cards=_shown(step, [cards[c.pk] for c in taken[step.pk] if c.pk in cards]),
            competencies=list(step.competencies.all()),
            more=_more(step),
        )
        for step in steps
    ]


def _shown(step: Step, cards: list[CourseCard]) -> list[CourseCard]:
    if step.kind in (StepKind.COURSES, StepKind.SERIES):
        return cards
    coming = [card for card in cards if card.next_session_text]
    return coming[:MOST_OF_A_THEME]


def _more(step: Step) -> str:
    if step.theme is not None:
        return f"theme={step.theme.key}"
    return "kind=joint_session" if step.kind == StepKind.JOINT else ""


def _by_competency(lines: list[StepLine]) -> list[tuple[Competency, list[int]]]:
    """Each ability with the places of the steps that build it, in the city's order."""
    places: dict[Competency, list[int]] = {}
    for line in lines:
        for one in line.competencies:
            places.setdefault(one, []).append(line.step.position)
    return sorted(places.items(), key=lambda found: (found[0].sort_order, found[0].key))
