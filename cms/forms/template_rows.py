"""Conditions, questions and offers of support in a template: what each row was sent as,
dates left out. A template made before there were offers says only what there is."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict

from cms.forms.asked_rows import AskedRows
from cms.forms.run_rows import ROWS
from courses.enums import SupportKind

Rows = dict[str, list[dict[str, Any]]]
DATES = {"age_on", "deadline", "pk"}
ONCE_TICKED = {
    SupportKind.CHILDCARE: "run-has_childcare",
    SupportKind.SIGN_LANGUAGE: "run-has_sign_language",
    SupportKind.CAPTIONING: "run-has_captioning",
}


def rows_kept(every: Mapping[str, AskedRows]) -> Rows:
    """What the rows hold at the moment, as a browser sends it."""
    return {name: list(map(_sent, _filled(rows))) for name, rows in every.items()}


def rows_from(values: Mapping[str, Any], lost: list[str]) -> Rows:
    """Those that could be saved now; the headings of others are added to `lost`."""
    kept = values.get("rows", {})
    found = {name: _still_good(name, kept.get(name, []), lost) for name in ROWS}
    there = {row["kind"] for row in found["support"]}
    for kind, name in ONCE_TICKED.items():
        if values.get(name) and kind not in there:
            is_childcare = kind == SupportKind.CHILDCARE
            note = values.get("run-childcare_note", "") if is_childcare else ""
            found["support"].append({"kind": str(kind), "note": note})
    return found


def _filled(rows: AskedRows) -> list[Any]:
    if rows.is_left_out:
        return []
    return [row for row in rows if row[row.first].value()]


def _sent(row: Any) -> dict[str, Any]:
    values = {name: row[name].data for name in row.fields if name not in DATES}
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _still_good(name: str, rows: Iterable[dict[str, Any]], lost: list[str]) -> Any:
    kept = list(rows)
    sent = QueryDict(mutable=True)
    sent[f"{name}-TOTAL_FORMS"], sent[f"{name}-INITIAL_FORMS"] = str(len(kept)), "0"
    for number, row in enumerate(kept):
        for field, value in row.items():
            each = value if isinstance(value, list) else [value]
            sent.setlist(f"{name}-{number}-{field}", each)
    formset = ROWS[name](sent, rows=(), pressed=False)
    formset.is_valid()
    lost += [str(row.fields[row.first].label) for row in formset if row.errors]
    pairs = zip(kept, formset, strict=False)
    return [said for said, row in pairs if not row.errors]
