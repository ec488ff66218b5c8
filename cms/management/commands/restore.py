"""`manage.py restore FILE`: put back what `backup` kept."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cms.backups.manifest import Manifest
from cms.backups.refusals import BackupRefused
from cms.backups.restoring import look_at, restore

OTHER_KEY = (
    "SECRET_KEY が、バックアップをつくったサイトと違います。"
    "届いているメールのリンクが開けなくなります。"
    "前の鍵を SECRET_KEY_FALLBACKS に入れてください。"
)
IN_DOUBT = (
    "送信待ちだったお知らせ {number} 件は、バックアップのあとに送られたかもしれないので、"
    "止めてあります。職員の画面の「お知らせ」で、送るかどうかを決めてください。"
)


class Command(BaseCommand):
    help = "バックアップから、データベースとアップロードしたファイルを戻します。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="backup がつくったファイル")
        parser.add_argument(
            "--check", action="store_true", help="中身を確かめるだけで、何も変えません。"
        )
        parser.add_argument(
            "--replace",
            action="store_true",
            help="入っているデータを置きかえます（先にバックアップします）。",
        )
        parser.add_argument(
            "--send-unsent",
            action="store_true",
            help="送信待ちのお知らせを送ります（バックアップのあと何も送っていないとき）。",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["file"].is_file():
            raise CommandError(f"ファイルがありません: {options['file']}")
        try:
            if options["check"]:
                self._describe(look_at(options["file"]))
            else:
                self._restore(options)
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal

    def _describe(self, manifest: Manifest) -> None:
        self.stdout.write(
            f"{manifest.city} {manifest.made_at} {manifest.engine}"
            f"（ファイル {manifest.uploads} 個）"
        )
        if not manifest.links_stay:
            self.stdout.write(self.style.WARNING(OTHER_KEY))

    def _restore(self, options: dict[str, Any]) -> None:
        restored = restore(
            path=options["file"],
            safety_folder=settings.VAR_DIR / "backups",
            replace=options["replace"],
            send_unsent=options["send_unsent"],
            at=timezone.now(),
        )
        self.stdout.write("戻しました。")
        self._describe(restored.manifest)
        if restored.doubted:
            self.stdout.write(self.style.WARNING(IN_DOUBT.format(number=restored.doubted)))
