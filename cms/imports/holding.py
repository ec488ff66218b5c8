"""Who applies or undoes an import holds its row until the end."""

from django.db import connection

from cms.enums import ImportState
from cms.models import ImportUpload


def hold(upload_pk: int, state: ImportState, *, asked_by: str) -> ImportUpload | None:
    """In this state, under its lock until the transaction ends; none where another is at
    it. `asked_by` names the column of whoever asked."""
    skips = connection.features.has_select_for_update_skip_locked
    found = ImportUpload.objects.select_for_update(of=("self",), skip_locked=skips)
    found = found.select_related("run__course__department", "department", asked_by)
    return found.filter(pk=upload_pk, state=state).first()
