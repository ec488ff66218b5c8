"""`manage.py verify_draw FILE`: the stand-alone verifier, from the command line."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from enrollments.domain.drawing.verify_draw import main


class Command(BaseCommand):
    help = "公開された抽選の記録（JSON）から、同じ結果になるかを確かめます。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="/draws/<開催番号>.json を保存したファイル")

    def handle(self, *args: Any, **options: Any) -> None:
        if main([options["file"]], say=self.stdout.write):
            raise CommandError("公表された結果を確かめられませんでした。")
