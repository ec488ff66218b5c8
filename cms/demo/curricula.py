"""Local-issue series and learning paths."""

from dataclasses import replace
from datetime import datetime, timedelta

from accounts.models import Department
from cms.demo.reading import read
from courses.models import (
    Competency,
    Course,
    Partner,
    Series,
    SeriesUnit,
    Stage,
    Theme,
)
from learning_paths.domain.making import StepDraft
from learning_paths.domain.versions import arrange_steps
from learning_paths.enums import MemberRole, StepKind
from learning_paths.models import Path


def build_series(
    courses: dict[str, Course],
    departments: dict[str, Department],
    partners: dict[str, Partner],
) -> dict[str, Series]:
    found: dict[str, Series] = {}
    for entry in read("series")["series"]:
        series = Series.objects.create(
            slug=entry["slug"],
            title=entry["title"],
            title_en=entry["en"],
            goal=entry["goal"].strip(),
            theme=Theme.objects.get(key=entry["theme"]),
            department=departments[entry["department"]],
        )
        series.partners.set(partners[code] for code in entry.get("partners", ()))
        SeriesUnit.objects.bulk_create(
            SeriesUnit(
                series=series, course=courses[slug], position=position, builds_on=link
            )
            for position, (slug, link) in enumerate(entry["units"], start=1)
        )
        found[series.slug] = series
    return found


def build_paths(courses: dict[str, Course], *, at: datetime) -> dict[str, Path]:
    """Each in its first version; where the content has a later one, that came since."""
    stages = {stage.key: stage for stage in Stage.objects.all()}
    found: dict[str, Path] = {}
    for entry in read("paths")["path"]:
        path = Path.objects.create(
            slug=entry["slug"],
            name=entry["name"],
            name_en=entry["en"],
            description=entry["description"],
            description_en=entry["description_en"],
            stage=stages.get(entry.get("stage", "")),
            role=entry.get("role", ""),
        )
        steps = [_draft(step, courses) for step in entry["steps"]]
        _arrange(path, steps, at=at - timedelta(days=900))
        if later := entry.get("later"):
            keys = (
                path.versions.get().steps.order_by("position").values_list("key", flat=True)
            )
            kept = [replace(one, key=key) for one, key in zip(steps, keys, strict=True)]
            new = [_draft(step, courses) for step in later["steps"]]
            _arrange(path, [*kept, *new], at=at - timedelta(days=40), note=later["note"])
        found[path.slug] = path
    return found


def _arrange(path: Path, drafts: list[StepDraft], *, at: datetime, note: str = "") -> None:
    arrange_steps(path=path, drafts=drafts, by=None, at=at, note=note)


def _draft(entry: list, courses: dict[str, Course]) -> StepDraft:
    """Name, English, courses, how many of them, how many members, required, and the rest
    where there is any."""
    name, name_en, slugs, needed_courses, needed_members, required, *rest = entry
    more = rest[0] if rest else {}
    competencies = Competency.objects.filter(key__in=more.get("competencies", ()))
    return StepDraft(
        name=name,
        name_en=name_en,
        courses=tuple(courses[slug].pk for slug in slugs),
        needed_courses=needed_courses,
        needed_members=needed_members,
        is_required=required,
        kind=StepKind(more.get("kind", StepKind.COURSES)),
        theme=_key(Theme, key=more.get("theme")),
        series=_key(Series, slug=more.get("series")),
        needed_role=MemberRole(more["who"]) if "who" in more else None,
        fresh_months=more.get("fresh"),
        after=tuple(more.get("after", ())),
        competencies=tuple(one.pk for one in competencies),
    )


def _key(model: type[Theme] | type[Series], **which: str | None) -> int | None:
    named = all(which.values())
    return model.objects.get(**which).pk if named else None
