"""What a browser sends from the back office's long forms."""

from typing import Any
from uuid import uuid4

from accounts.models import Department
from cms.models import CoursePage
from courses.domain.fingerprint import fingerprint_of
from courses.models import CourseRun

Row = tuple[str, str, str] | dict[str, str]
KEYS = ("day", "begins", "ends")


def rows(*sessions: Row, there: int = 0) -> dict[str, str]:
    """Rows of sessions; the first `there` of them stand for existing ones."""
    data = {
        "sessions-TOTAL_FORMS": str(len(sessions)),
        "sessions-INITIAL_FORMS": str(there),
    }
    for number, session in enumerate(sessions):
        said = (
            session if isinstance(session, dict) else dict(zip(KEYS, session, strict=True))
        )
        for name, value in {"title": "", "room": "", "online_url": "", **said}.items():
            data[f"sessions-{number}-{name}"] = value
    return data


def partner_rows(*partners: tuple[str, str], there: int = 0) -> dict[str, str]:
    """Rows of (partner, relation)."""
    data = {
        "partners-TOTAL_FORMS": str(len(partners)),
        "partners-INITIAL_FORMS": str(there),
    }
    for number, (partner, relation) in enumerate(partners):
        data[f"partners-{number}-partner"] = partner
        data[f"partners-{number}-relation"] = relation
    return data


def asked_rows(name: str, *said: dict[str, Any], there: int = 0) -> dict[str, Any]:
    """Rows of conditions, questions or offers (`name`), as a browser sends them."""
    data: dict[str, Any] = {
        f"{name}-TOTAL_FORMS": str(len(said)),
        f"{name}-INITIAL_FORMS": str(there),
    }
    for number, row in enumerate(said):
        data |= {f"{name}-{number}-{field}": value for field, value in row.items()}
    return data


def run_data(**changes: str) -> dict[str, str]:
    """An offering for twenty, first come, until 1 December at five."""
    said = {
        "label": "",
        "selection_mode": "first_come",
        "capacity": "20",
        "capacity_unit": "persons",
        "max_participants": "1",
        "waiting_list": "on",
        "applications_close_at": "2026-12-01T17:00",
        "delivery": "venue",
        "fee": "0",
    }
    return {f"run-{name}": value for name, value in (said | changes).items()}


def course_data(department: Department, *sessions: Row, **changes: str) -> dict[str, Any]:
    """The one form, filled in; `changes` are named by their form: facts__title."""
    data: dict[str, Any] = {
        "form_key": str(uuid4()),
        "facts-title": "はじめての会計",
        "facts-kind": "course",
        "facts-department": str(department.pk),
        "prose-intro": "お金の流れがわかります。",
        "prose-text": "null",
        "step": "draft",
        **partner_rows(),
        **run_data(),
        **rows(*(sessions or [("2026-12-05", "10:00", "12:00")])),
    }
    return data | {name.replace("__", "-"): value for name, value in changes.items()}


def as_shown_now() -> dict[str, str]:
    """The marks by which the forms of the only page and run notice an old tab."""
    seen = {"seen": str(CoursePage.objects.get().latest_revision_id)}
    runs = list(CourseRun.objects.all())
    return seen | ({"seen_run": fingerprint_of(runs[0])} if len(runs) == 1 else {})
