"""A learning path as its page shows it: every step with what is on for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from cms.presenters.cards import CourseCard, cards_for
from courses.models import Course
from learning_paths.models import Path, Step


@dataclass(frozen=True)
class StepLine:
    """A step with the cards of its public courses."""

    step: Step
    name: str
    cards: list[CourseCard]


def path_context(path: Path, *, at: datetime) -> dict[str, Any]:
    lines = step_lines(path, at=at)
    return {
        "learning_path": path,
        "steps": lines,
        "required": sum(1 for line in lines if line.step.is_required),
    }


def step_lines(path: Path, *, at: datetime) -> list[StepLine]:
    """In order, in a fixed number of queries."""
    public = Course.objects.public().order_by("title_kana", "pk")
    steps = list(
        path.steps.prefetch_related(Prefetch("courses", public, to_attr="public_courses"))
    )
    keys = list(dict.fromkeys(c.pk for step in steps for c in step.public_courses))
    cards = dict(zip(keys, cards_for(keys, at=at), strict=True))
    return [
        StepLine(step, step.label, [cards[course.pk] for course in step.public_courses])
        for step in steps
    ]
