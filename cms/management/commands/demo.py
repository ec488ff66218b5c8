"""`manage.py demo`: build (again) the fictional city みどり野市 to try the site with."""

import time
from datetime import date, datetime
from datetime import time as clock
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cms.demo import erasing
from cms.demo.accounts import ACCOUNTS, PASSWORD
from cms.demo.city import build_city
from cms.models import HomePage
from courses.domain.fiscal_year import TOKYO
from courses.models import Course, CourseRun
from enrollments.models import Application

NOT_EMPTY = (
    "このデータベースには、見本の市ではないデータが入っています。\n"
    "消してから見本の市をつくるときは、--reset を付けて実行します"
    "（講座、申込み、団体、利用者、ページがすべて消えます）。"
)
IN_PRODUCTION = (
    "本番の設定では、見本の市をつくりません。"
    "公開されたパスワードのアカウントができるためです。\n"
    "それでもつくるときは --force を付けて実行します。"
)


class Command(BaseCommand):
    help = "架空の市「みどり野市」の講座、団体、申込みをつくります。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--today", type=date.fromisoformat, help="基準の日（年-月-日）")
        parser.add_argument(
            "--if-empty", action="store_true", help="ページがあれば何もしません。"
        )
        parser.add_argument(
            "--reset", action="store_true", help="入っているデータを消してつくります。"
        )
        parser.add_argument(
            "--force", action="store_true", help="本番の設定でもつくります。"
        )
        parser.add_argument(
            "--accounts", action="store_true", help="見本のアカウントを表示するだけです。"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["accounts"]:
            self._show_accounts()
            return
        if options["if_empty"] and HomePage.objects.exists():
            return
        self._require_permission(options)
        began = time.monotonic()
        today = options["today"] or timezone.localdate()
        # The city is of a day, but the door opens within the hour.
        now = None if options["today"] else timezone.now()
        build_city(at=datetime.combine(today, clock.min, tzinfo=TOKYO), now=now)
        if options["verbosity"]:
            self._report(time.monotonic() - began)
            self._show_accounts()

    def _report(self, seconds: float) -> None:
        self.stdout.write(
            f"見本の市をつくりました: 講座 {Course.objects.count()}、"
            f"開催 {CourseRun.objects.count()}、申込み {Application.objects.count()}"
            f"（{seconds:.1f} 秒）"
        )

    def _require_permission(self, options: dict[str, Any]) -> None:
        if erasing.in_production() and not options["force"]:
            raise CommandError(IN_PRODUCTION)
        may_replace = erasing.is_empty() or erasing.is_demo() or options["reset"]
        if not may_replace:
            raise CommandError(NOT_EMPTY)

    def _show_accounts(self) -> None:
        if not erasing.is_demo():
            return
        self.stdout.write(f"  見本のアカウント（パスワードはどれも {PASSWORD}）")
        for account in ACCOUNTS:
            self.stdout.write(f"    {account.email:<22}{account.role}")
