"""An import that something unforeseen has ended says so, and waits for a person."""

from django.utils.translation import gettext as _

from cms.enums import ImportState
from cms.models import ImportUpload


def stop(upload_pk: int, state: ImportState) -> None:
    """What was being done was taken back with its transaction: all is as it was before."""
    undoing = state == ImportState.UNDOING
    words = (
        _(
            "取消し中に問題が起きました。何も取り消していません。情報システムの担当に伝えてください。"
        )
        if undoing
        else _(
            "取込み中に問題が起きました。何も取り込んでいません。情報システムの担当に伝えてください。"
        )
    )
    ImportUpload.objects.filter(pk=upload_pk, state=state).update(
        state=ImportState.APPLIED if undoing else ImportState.FAILED,
        undone_by=None,
        failure=words,
        claim=None,
        claimed_at=None,
        done=0,
    )
