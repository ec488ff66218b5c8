"""One kind of list: which columns it has, what each row would do, and how that is undone.

A row is planned against what is known, and what it would do is known to the rows after it;
applying plans the rows again in the same way and does it. So a plan that was seen is what
happens, or nothing does.
"""

from collections.abc import Sequence
from typing import ClassVar

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from import_export.resources import Resource

from accounts.domain.refusal import Refusal
from courses.domain.fiscal_year import fiscal_year_of
from courses.exchange.columns.column import Circumstances, Column
from courses.exchange.plans.row import Made, ReadRow, RowPlan
from courses.exchange.plans.setting import Setting


class BuiltUpon(Refusal):
    """What was imported cannot be taken back; the sentence says what stands in the way."""

    sentence = _("取込みのあとに変わったため、取り消せません。")


class RowRefused(Refusal):
    """A rule said no to a row that the plan took for good."""

    def __init__(self, line: int, why: Refusal) -> None:
        super().__init__(str(why))
        self.line, self.why = line, why


class NothingToDo(Refusal):
    sentence = _("この一覧には、取り込む行がありません。")


class PlanResource(Resource):
    """`about_people` says whether the rows are about persons; looking at them is recorded.
    `touched` are rows of the database whose name may stand in pages and in the search."""

    columns: Sequence[Column] = ()
    about_people: ClassVar[bool] = False

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        self.setting = setting
        self.touched: list[Model] = []
        self.fields = {column.name: column for column in self.columns}

    def circumstances(self) -> Circumstances:
        """A day without a year is meant in the fiscal year of the run, or in this one."""
        run, today = self.setting.run, timezone.localdate(self.setting.at)
        return Circumstances(today, run.fiscal_year if run else fiscal_year_of(today))

    def begin(self, *, lock: bool) -> None:
        """Before the first row; `lock` where the rows are going to be applied."""

    def prepare(self, rows: Sequence[ReadRow]) -> None:
        """Load what these rows are compared with, in a fixed number of queries."""

    def plan(self, row: ReadRow) -> RowPlan:
        """Raises: Refusal, ValueError, each with a sentence: the row is then refused."""
        raise NotImplementedError

    def settle(self) -> None:
        """After every few rows were applied, or undone: what they left to be done together.

        Raises: RowRefused.
        """

    def finish(self) -> None:
        """After the last row was applied, or undone, in the same transaction."""

    def prepare_undo(self, made: Sequence[Made]) -> None:
        """Load what undoing these needs, in a fixed number of queries."""

    def undo(self, made: Made) -> None:
        """Of one thing; the last made comes first. Raises: BuiltUpon."""
        raise NotImplementedError
