"""`manage.py backup`: database and uploads in one file, to be put back by `restore`."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cms.backups.archive import checked
from cms.backups.making import forget_older, make_backup
from cms.backups.refusals import BackupRefused


class Command(BaseCommand):
    help = "データベースとアップロードしたファイルを、1つのファイルに残します。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--to",
            type=Path,
            default=settings.VAR_DIR / "backups",
            metavar="FOLDER",
            help="置くフォルダー",
        )
        parser.add_argument(
            "--keep",
            type=int,
            metavar="N",
            help="新しいものから N 個を残し、古いものを消します。",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        keep = options["keep"]
        if keep is not None and keep < 1:
            raise CommandError("--keep には、1以上の数を書いてください。")
        try:
            path = make_backup(folder=options["to"], at=timezone.now())
            manifest = checked(path)
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        size = path.stat().st_size / 1_000_000
        self.stdout.write(f"{path}（{size:.1f} MB、ファイル {manifest.uploads} 個）")
        if keep is not None:
            for older in forget_older(folder=options["to"], keep=keep):
                self.stdout.write(f"消しました: {older.name}")
