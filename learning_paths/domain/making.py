"""A path's steps stand in order from 1, and each can be finished with its courses."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from learning_paths.domain.refusals import StepAsksTooMuch, StepNameless
from learning_paths.models import Path, Step

# Positions are unique within a path: steps step aside before they are put in order.
ASIDE = 1000


@dataclass(frozen=True)
class StepDraft:
    """A step as the officer wants it; `key` is that of the row it changes, if any."""

    name: str
    courses: tuple[int, ...]
    name_en: str = ""
    needed_courses: int = 1
    needed_members: int = 1
    is_required: bool = True
    key: int | None = None


def require_step(draft: StepDraft) -> None:
    """Raises: StepNameless, StepAsksTooMuch."""
    if not draft.name.strip():
        raise StepNameless
    if len(set(draft.courses)) < draft.needed_courses:
        raise StepAsksTooMuch


def arrange_steps(*, path: Path, drafts: Sequence[StepDraft]) -> list[Step]:
    """Make the path's steps exactly these, in this order; others are removed.

    Raises: StepNameless, StepAsksTooMuch.
    """
    for draft in drafts:
        require_step(draft)
    with transaction.atomic():
        Path.objects.select_for_update(no_key=True).get(pk=path.pk)
        kept = {draft.key for draft in drafts if draft.key is not None}
        own = Step.objects.filter(path=path)
        own.exclude(pk__in=kept).delete()
        own.update(position=F("position") + ASIDE)
        rows = {step.pk: step for step in own}
        return [
            _write(rows.get(draft.key or 0) or Step(path=path), draft, position)
            for position, draft in enumerate(drafts, start=1)
        ]


def _write(step: Step, draft: StepDraft, position: int) -> Step:
    step.position = position
    step.name, step.name_en = draft.name.strip(), draft.name_en.strip()
    step.needed_courses = draft.needed_courses
    step.needed_members = draft.needed_members
    step.is_required = draft.is_required
    step.save()
    step.courses.set(draft.courses)
    return step
