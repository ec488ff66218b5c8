"""Columns chosen once are kept under a name for the whole section; the same name again
puts others in their place."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from accounts.domain.sections import section_of
from accounts.models import User
from cms.models import SavedExport


def saved_exports(kind: str, user: User) -> QuerySet[SavedExport]:
    """Those of the person's section; an administrator's own stand under no section."""
    return SavedExport.objects.filter(kind=kind, department=section_of(user))


def save_export(
    *, kind: str, name: str, columns: Sequence[str], by: User, at: datetime
) -> SavedExport:
    saved, _made = SavedExport.objects.update_or_create(
        kind=kind,
        department=section_of(by),
        name=name,
        defaults={"columns": list(columns), "saved_at": at, "saved_by": by},
    )
    return saved


def forget_export(*, kind: str, pk: int, by: User) -> None:
    saved_exports(kind, by).filter(pk=pk).delete()
