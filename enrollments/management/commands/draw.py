"""`manage.py draw RUN`: try a draw out, or freeze, hold and announce one."""

import secrets
from collections import Counter
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.domain.refusal import Refusal
from courses.models import CourseRun
from enrollments.domain.drawing.announcing import announce
from enrollments.domain.drawing.freezing import SECRET_BYTES, freeze
from enrollments.domain.drawing.frozen_lists import standing_draws
from enrollments.domain.drawing.holding import hold
from enrollments.domain.drawing.refusals import NotFrozen
from enrollments.domain.drawing.trying_out import try_out
from enrollments.domain.same_names import count_same_names
from enrollments.models import Draw


class Command(BaseCommand):
    help = "抽選を試します。--freeze、--hold、--announce で実際に行います。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("run", help="開催番号")
        what = parser.add_mutually_exclusive_group()
        what.add_argument(
            "--freeze",
            metavar="SOURCE",
            help="名簿を固定し、使う公開の値を言葉で決めます。",
        )
        what.add_argument("--hold", metavar="VALUE", help="公開の値を入れて抽選します。")
        what.add_argument("--announce", action="store_true", help="結果を発表します。")
        parser.add_argument(
            "--despite-same-names",
            action="store_true",
            help="読みの同じ方を確かめないまま、名簿を固定します。",
        )
        parser.add_argument(
            "--on", type=date.fromisoformat, help="公開の値がわかる日（2026-12-04）"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        run = CourseRun.objects.filter(code=options["run"]).first()
        if run is None:
            raise CommandError("その番号の開催はありません。")
        try:
            self._do(run, options)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal

    def _do(self, run: CourseRun, options: dict[str, Any]) -> None:
        at = timezone.now()
        if options["freeze"]:
            if options["on"] is None:
                raise CommandError("--on に、公開の値がわかる日を書いてください。")
            draw = freeze(
                run=run,
                secret=secrets.token_bytes(SECRET_BYTES),
                source=options["freeze"],
                source_on=options["on"],
                by=None,
                at=at,
                despite_same_names=options["despite_same_names"],
            )
            self.stdout.write(f"名簿を固定しました。指紋 {draw.fingerprint}")
        elif options["hold"]:
            hold(draw=_last(run), public_value=options["hold"], by=None, at=at)
            self.stdout.write("抽選しました。まだだれにも知らせていません。")
        elif options["announce"]:
            announce(draw=_last(run), by=None, at=at)
            self.stdout.write("結果を発表しました。")
        else:
            self._try_out(run)

    def _try_out(self, run: CourseRun) -> None:
        seed = secrets.token_bytes(SECRET_BYTES)
        drawn = try_out(run=run, seed=seed, at=timezone.now())
        self.stdout.write("ためし：この結果は使われません。何も変わりません。")
        for one in drawn:
            self.stdout.write(
                f"{one.entry.pool} {one.rank} {one.entry.number}"
                f" ({one.entry.seats}) {one.outcome} {one.line or ''}".rstrip()
            )
        if number := count_same_names(run_pk=run.pk):
            self.stdout.write(f"読みの同じ方が2件以上の申込みにいます: {number}組")
        counts = Counter(one.outcome for one in drawn)
        self.stdout.write(" ".join(f"{name} {n}" for name, n in sorted(counts.items())))


def _last(run: CourseRun) -> Draw:
    draws = standing_draws(run)
    if not draws:
        raise NotFrozen
    return draws[-1]
