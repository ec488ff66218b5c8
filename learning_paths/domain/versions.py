"""The last version of a path is in force. Another wording changes it in place; another
rule or order makes the next version, so that what groups follow stays what it was."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from courses.models import SeriesUnit
from learning_paths.domain.making import (
    StepDraft,
    keyed,
    require_steps,
    rule_of_draft,
    rule_of_step,
)
from learning_paths.domain.path_refusals import StepAsksTooMuch
from learning_paths.enums import StepKind
from learning_paths.models import Path, PathVersion, Step


def current_version(path: Path) -> PathVersion | None:
    """None for a path that was given no steps yet."""
    return path.versions.order_by("-number").first()


def steps_of(version: PathVersion | None) -> list[Step]:
    """In order, with courses and what comes before; none for no version."""
    if version is None:
        return []
    found = version.steps.select_related("theme", "series").prefetch_related(
        "courses", "after", "competencies"
    )
    return list(found.order_by("position"))


def arrange_steps(
    *,
    path: Path,
    drafts: Sequence[StepDraft],
    by: User | None,
    at: datetime,
    needed_optional: int = 0,
    note: str = "",
) -> PathVersion:
    """The version that asks for exactly these steps, in this order.

    Raises: the refusals of steps.
    """
    with transaction.atomic():
        Path.objects.select_for_update(no_key=True).get(pk=path.pk)
        drafts = [_with_units(draft) for draft in drafts]
        require_steps(drafts, needed_optional=needed_optional)
        last = current_version(path)
        before = steps_of(last)
        keys = keyed(drafts, (step.key for step in before))
        rules = [rule_of_draft(draft, keys, at) for at, draft in enumerate(drafts)]
        same = [rule_of_step(step) for step in before] == rules
        if last is not None and same and last.needed_optional == needed_optional:
            _reword(before, drafts)
            return last
        version = PathVersion.objects.create(
            path=path,
            number=last.number + 1 if last else 1,
            needed_optional=needed_optional,
            note=note.strip(),
            made_at=at,
            made_by=by,
        )
        _write(version, drafts, keys)
    return version


def _with_units(draft: StepDraft) -> StepDraft:
    """The units of the series as they are now; `needed_courses` 0 asks for all."""
    if draft.kind != StepKind.SERIES or draft.series is None:
        return replace(draft, needed_courses=max(1, draft.needed_courses))
    units = SeriesUnit.objects.filter(series=draft.series).order_by("position")
    courses = tuple(units.values_list("course", flat=True))
    if draft.needed_courses > len(courses) or not courses:
        raise StepAsksTooMuch
    return replace(
        draft, courses=courses, needed_courses=draft.needed_courses or len(courses)
    )


def _reword(steps: Sequence[Step], drafts: Sequence[StepDraft]) -> None:
    for step, draft in zip(steps, drafts, strict=True):
        step.name, step.name_en = draft.name.strip(), draft.name_en.strip()
        step.save(update_fields=["name", "name_en"])
        step.competencies.set(draft.competencies)


def _write(version: PathVersion, drafts: Sequence[StepDraft], keys: Sequence[UUID]) -> None:
    steps = [
        Step.objects.create(
            version=version,
            key=key,
            position=position,
            name=draft.name.strip(),
            name_en=draft.name_en.strip(),
            kind=draft.kind,
            theme_id=draft.theme if draft.kind == StepKind.THEME else None,
            series_id=draft.series if draft.kind == StepKind.SERIES else None,
            needed_courses=draft.needed_courses,
            needed_members=draft.needed_members,
            needed_role=draft.needed_role or "",
            is_required=draft.is_required,
            fresh_months=draft.fresh_months,
            within_months=draft.within_months,
        )
        for position, (draft, key) in enumerate(zip(drafts, keys, strict=True), start=1)
    ]
    for step, draft in zip(steps, drafts, strict=True):
        if draft.kind != StepKind.THEME:
            step.courses.set(draft.courses)
        step.after.set(steps[one - 1] for one in draft.after if 0 < one <= len(steps))
        step.competencies.set(draft.competencies)
