"""What sections prepared: templates of their own, and days on which a venue is closed."""

from datetime import date, datetime
from typing import Any

from cms.demo.organisation import Organisation
from cms.demo.reading import read
from courses.domain.fiscal_year import fiscal_year_of
from courses.models import Audience, ClosingDay, CourseTemplate, Stage, Theme

TAXONOMY = {"stages": Stage, "themes": Theme, "audiences": Audience}


def build_beforehand(organisation: Organisation, *, at: datetime) -> None:
    said = read("beforehand")
    CourseTemplate.objects.bulk_create(
        CourseTemplate(
            name=entry["name"],
            kind=entry["kind"],
            department=organisation.departments[entry["department"]],
            values=_values(entry, organisation),
            sort_order=100 + order,
        )
        for order, entry in enumerate(said["template"])
    )
    ClosingDay.objects.bulk_create(
        ClosingDay(
            name=entry["name"],
            venue=organisation.venues[entry["venue"]],
            first_day=_day(entry["first"], at),
            last_day=_day(entry["last"], at),
            is_yearly=True,
        )
        for entry in said["closing_day"]
    )


def _values(entry: dict[str, Any], organisation: Organisation) -> dict[str, Any]:
    found = {"facts-kind": entry["kind"], **entry["values"]}
    for name, model in TAXONOMY.items():
        rows = model.objects.filter(key__in=entry.get(name, ())).order_by("pk")
        if len(rows) != len(entry.get(name, ())):
            raise LookupError(f"{entry['name']}: {name}")
        if rows:
            found[f"facts-{name}"] = [str(row.pk) for row in rows]
    pairs = [text.split(":") for text in entry.get("partners", ())]
    found["partners"] = [
        {"partner": str(organisation.partners[code].pk), "relation": relation}
        for code, relation in pairs
    ]
    return found


def _day(text: str, at: datetime) -> date:
    return date.fromisoformat(f"{fiscal_year_of(at)}-{text}")
