"""Local-issue series and learning paths."""

from datetime import datetime, timedelta

from accounts.models import Department
from cms.demo.reading import read
from courses.models import Course, Partner, Series, SeriesUnit, Stage, Theme
from learning_paths.models import Path, PathVersion, Step


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
        )
        version = PathVersion.objects.create(path=path, made_at=at - timedelta(days=900))
        for position, step in enumerate(entry["steps"], start=1):
            _step(version, position, step, courses)
        found[path.slug] = path
    return found


def _step(
    version: PathVersion, position: int, entry: list, courses: dict[str, Course]
) -> None:
    name, name_en, slugs, needed_courses, needed_members, required = entry
    step = Step.objects.create(
        version=version,
        position=position,
        name=name,
        name_en=name_en,
        needed_courses=needed_courses,
        needed_members=needed_members,
        is_required=required,
    )
    step.courses.set(courses[slug] for slug in slugs)
