"""The ways in which an application for several units of a series can be refused."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal
from courses.models import CourseRun


class NoUnitChosen(Refusal):
    sentence = _("申し込む単元を一つ以上えらんでください。")


class OneRunPerUnit(Refusal):
    sentence = _("同じ単元の開催が二つえらばれています。単元ごとに一つをえらんでください。")


class NotAUnit(Refusal):
    sentence = _(
        "このシリーズにない開催がえらばれています。画面を開き直して確認してください。"
    )


class UnitWaits(Refusal):
    """There is no place, and whoever wants all of them does not wait for one."""

    sentence = _("満員のため、キャンセル待ちになります。")


class SeriesNotApplied(Refusal):
    """Nothing was applied for. `reasons` say of each unit why not."""

    reasons: Sequence[tuple[CourseRun, Refusal]]

    def __init__(self, reasons: Sequence[tuple[CourseRun, Refusal]]) -> None:
        super().__init__()
        self.reasons = tuple(reasons)


class NotForThem(SeriesNotApplied):
    sentence = _(
        "次の単元は、対象の条件にあてはまらないため申し込めません。"
        "入力した内容を確認するか、単元を外してください。"
    )


class NotAllUnits(SeriesNotApplied):
    sentence = _(
        "次の単元の席がとれないため、どの単元にも申し込んでいません。"
        "単元を外すか、「とれる単元だけ申し込む」をえらんでください。"
    )


class NoneOfTheUnits(SeriesNotApplied):
    sentence = _("えらんだ単元には、どれも申し込めませんでした。")


class NothingToWithdraw(Refusal):
    sentence = _("いま取り消せる申込みはありません。")
