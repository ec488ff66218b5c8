"""What the record of accesses promises, compared with what it says."""

from accounts.enums import AccessKind
from accounts.models import AccessLog


def export_differences() -> list[str]:
    """A list that left with columns of people says why, and how many. One line each."""
    left = AccessLog.objects.filter(kind=AccessKind.EXPORT).exclude(columns="")
    return [
        f"閲覧・出力の記録 {line.pk}: 理由のない出力（{line.subject}）"
        for line in left.filter(reason="").order_by("pk")
    ]
