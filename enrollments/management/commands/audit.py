"""`manage.py audit`: recount live data and report every difference."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from enrollments.domain.audit import differences


class Command(BaseCommand):
    help = "席数・重複・状態の記録を数え直し、食い違いを報告します。"

    def handle(self, *args: Any, **options: Any) -> None:
        found = differences()
        for line in found:
            self.stdout.write(line)
        if found:
            raise CommandError(f"{len(found)} 件の食い違いがあります。")
        self.stdout.write(self.style.SUCCESS("食い違いはありません。"))
