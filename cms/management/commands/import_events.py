"""`manage.py import_events FILE…`: read event lists, show the plan, apply it whole."""

from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Department
from cms.event_lists import Computed, Outcome, compute, take_over
from cms.pages_for_courses import NoCatalogue
from courses.domain.event_facts import Problem
from courses.exchange.event_list.planning import Understood, understand
from courses.exchange.event_list.reading import LARGEST_FILE, TOO_LARGE, Row, read_rows
from courses.exchange.event_list.report import Report, problem_words


class Command(BaseCommand):
    help = "イベント一覧（CSV）を読み、講座・開催・回とページの下書きをつくります。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="CSVファイル")
        parser.add_argument(
            "--dry-run", action="store_true", help="計画だけを表示し、何も変えません。"
        )
        parser.add_argument(
            "--department", default="", metavar="CODE", help="担当課のコード"
        )
        parser.add_argument(
            "--publish", action="store_true", help="ページを下書きにせず公開します。"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        read = self._read([Path(name) for name in options["files"]])
        lists = understand(read)
        if not lists.rows:
            for problem in lists.problems:
                self.stderr.write(problem_words(problem))
            raise CommandError(_("取り込める一覧がありませんでした。"))
        self._require_section(options["department"])
        if options["dry_run"]:
            at, section = timezone.now(), options["department"]
            self._show(compute(lists, department=section, at=at))
            self.stdout.write(_("試しに読んだだけです。何も変えていません。"))
            return
        try:
            self._import(lists, options["department"], options["publish"])
        except IntegrityError as clash:
            words = _(
                "ほかの人が同時に変えたため、何も取り込みませんでした。もう一度実行してください。"
            )
            raise CommandError(words) from clash
        except NoCatalogue as missing:
            raise CommandError(str(missing)) from missing

    def _read(self, paths: list[Path]) -> list[Row | Problem]:
        """A file given twice is read once, by its content."""
        read: list[Row | Problem] = []
        seen: dict[str, str] = {}
        for path in paths:
            try:
                too_large = path.stat().st_size > LARGEST_FILE
                content = b"" if too_large else path.read_bytes()
            except FileNotFoundError:
                read.append(Problem(path.name, None, _("ファイルがありません。")))
                continue
            except OSError:
                read.append(Problem(path.name, None, _("ファイルを開けません。")))
                continue
            if too_large:
                read.append(Problem(path.name, None, str(TOO_LARGE)))
                continue
            digest = sha256(content).hexdigest()
            if digest in seen:
                words = _("%(first)sと同じ内容のファイルです。一度だけ読みました。")
                read.append(Problem(path.name, None, words % {"first": seen[digest]}))
                continue
            seen[digest] = path.name
            read += read_rows(content, file=path.name)
        return read

    def _require_section(self, code: str) -> None:
        if code and not Department.objects.filter(code=code).exists():
            known = "、".join(Department.objects.values_list("code", flat=True)) or "—"
            words = _("担当課コード「%(code)s」はありません。使えるコード: %(known)s")
            raise CommandError(words % {"code": code, "known": known})

    def _show(self, computed: Computed) -> None:
        today = timezone.localdate()
        report = Report(computed.plan, computed.known.departments, today)
        self.stdout.write("\n".join(report.lines()))

    def _import(self, lists: Understood, department: str, goes_live: bool) -> None:
        outcome = take_over(
            lists, department=department, by=None, at=timezone.now(), goes_live=goes_live
        )
        self._show(outcome.computed)
        self._tell(outcome)

    def _tell(self, outcome: Outcome) -> None:
        if outcome.published:
            words = _("取り込みました。%(number)d件のページを公開しました。")
            self.stdout.write(words % {"number": len(outcome.published)})
        elif outcome.made:
            words = _("取り込みました。%(number)d件のページを下書きでつくりました。")
            self.stdout.write(words % {"number": len(outcome.made)})
        elif outcome.changed:
            self.stdout.write(_("取り込みました。"))
        else:
            self.stdout.write(_("変わるものはありませんでした。"))
