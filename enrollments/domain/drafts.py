"""What was typed into an application form is kept for a week for whoever holds its
cookie, and forgotten when it is sent. Only a digest of the cookie's secret is stored."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from courses.models import CourseRun, Series
from enrollments.models import ApplicationDraft

KEPT_FOR = timedelta(days=7)
# What a form with every question answered takes many times over.
LONGEST = 60_000

Fields = Mapping[str, list[str]]
# What the form is about.
Subject = CourseRun | Series


def draft_key(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def keep_draft(*, token: str, about: Subject, fields: Fields, at: datetime) -> None:
    """Nothing is kept of what is longer than any form."""
    said = {name: [_storable(value) for value in values] for name, values in fields.items()}
    if sum(len(name) + sum(map(len, values)) for name, values in said.items()) > LONGEST:
        return
    # One statement, and the newest of two tabs wins.
    ApplicationDraft.objects.bulk_create(
        [
            ApplicationDraft(
                key=draft_key(token),
                **_columns(about),
                fields=said,
                saved_at=at,
                expires_at=at + KEPT_FOR,
            )
        ],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["run", "series", "fields", "saved_at", "expires_at"],
    )


def draft_of(*, token: str, about: Subject, at: datetime) -> ApplicationDraft | None:
    return ApplicationDraft.objects.filter(
        key=draft_key(token), expires_at__gt=at, **_columns(about)
    ).first()


def drop_draft(*, token: str, about: Subject) -> None:
    ApplicationDraft.objects.filter(key=draft_key(token), **_columns(about)).delete()


def forget_expired_drafts(*, at: datetime) -> int:
    """How many were forgotten; any number of workers may do it at once."""
    forgotten, _per_model = ApplicationDraft.objects.filter(expires_at__lte=at).delete()
    return forgotten


def _columns(about: Subject) -> dict[str, Subject]:
    return {"series" if isinstance(about, Series) else "run": about}


def _storable(value: str) -> str:
    """PostgreSQL keeps no NUL and no half of a surrogate pair."""
    return value.replace("\0", "").encode("utf-8", "ignore").decode()
