"""`manage.py import_events FILE…`: read event lists, show the plan, apply it whole."""

from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Department
from cms.pages_for_courses import (
    NoCatalogue,
    catalogue,
    index_pages,
    indexed_once,
    make_course_page,
    never_published,
    publish,
)
from courses.domain.event_facts import Problem
from courses.domain.event_import import apply_plan
from courses.domain.event_known import load_known
from courses.domain.event_plan import ImportPlan, Known
from courses.exchange.event_list.planning import Understood, plan_import, understand
from courses.exchange.event_list.reading import LARGEST_FILE, TOO_LARGE, Row, read_rows
from courses.exchange.event_list.report import Report, problem_words
from enrollments.models import Application


def applied_to(runs: list[int]) -> set[int]:
    """Those of the runs that somebody ever applied for."""
    found = Application.objects.filter(run__in=runs).values_list("run", flat=True)
    return set(found.distinct())


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
            self._show(*self._plan(lists, options["department"], lock=False))
            self.stdout.write(_("試しに読んだだけです。何も変えていません。"))
            return
        try:
            self._import(lists, options["department"], options["publish"])
        except IntegrityError as clash:
            words = _(
                "ほかの人が同時に変えたため、何も取り込みませんでした。もう一度実行してください。"
            )
            raise CommandError(words) from clash

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

    def _plan(
        self, lists: Understood, department: str, *, lock: bool
    ) -> tuple[ImportPlan, Known]:
        known = load_known(
            keys=lists.keys, span=lists.span, applied_to=applied_to, lock=lock
        )
        plan = plan_import(lists, known, at=timezone.now(), department=department)
        return plan, known

    def _show(self, plan: ImportPlan, known: Known) -> None:
        report = Report(plan, known.departments, timezone.localdate())
        self.stdout.write("\n".join(report.lines()))

    def _import(self, lists: Understood, department: str, goes_live: bool) -> None:
        try:
            parent = catalogue()
        except NoCatalogue as missing:
            words = _(
                "「講座の一覧」のページがありません。先に管理画面でつくってください。"
            )
            raise CommandError(words) from missing
        with transaction.atomic(), indexed_once():
            plan, known = self._plan(lists, department, lock=True)
            made = apply_plan(plan=plan, by=None, at=timezone.now())
            for course in made:
                make_course_page(made=course, parent=parent)
            touched = {course.course.pk for course in made}
            touched |= {step.pk for step in plan.changed_courses if step.pk}
            published = self._publish(plan, touched) if goes_live else 0
            index_pages(touched)
        self._show(plan, known)
        self._tell(plan, len(made), published)

    def _publish(self, plan: ImportPlan, touched: set[int]) -> int:
        """Of the listed courses those that were never public; adds them to `touched`."""
        listed = {step.pk for step in plan.courses if step.pk is not None}
        drafts = never_published(listed | touched)
        for page in drafts:
            publish(page)
            touched.add(page.course_id)
        return len(drafts)

    def _tell(self, plan: ImportPlan, made: int, published: int) -> None:
        if published:
            words = _("取り込みました。%(number)d件のページを公開しました。")
            self.stdout.write(words % {"number": published})
        elif made:
            words = _("取り込みました。%(number)d件のページを下書きでつくりました。")
            self.stdout.write(words % {"number": made})
        elif plan.changed_courses:
            self.stdout.write(_("取り込みました。"))
        else:
            self.stdout.write(_("変わるものはありませんでした。"))
