"""The score of a plan in words: per criterion how good it is, and whether it could be
better."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enrollments.domain.tables.people import Criterion
from enrollments.models import TablePlan


@dataclass(frozen=True)
class MarkWords:
    """`is_best`: nothing better is possible with the locks as they are."""

    label: str
    words: str
    could: str
    is_best: bool


def score_words(plan: TablePlan) -> list[MarkWords]:
    return [_words(Criterion(word), off, best) for word, off, best in plan.marks]


def _words(criterion: Criterion, off: int, best: int) -> MarkWords:
    words = _LINES[criterion](off)
    is_best = off <= best
    if is_best and off <= (criterion == Criterion.SIZE):
        could = ""
    elif is_best:
        could = _("固定した席と人数からは、これが最善です。")
    else:
        could = _could(criterion, best)
    return MarkWords(_labels()[criterion], words, could, is_best)


def _could(criterion: Criterion, best: int) -> str:
    if criterion == Criterion.SIZE:
        return _("分けなおすと、差は1人までになります。")
    if criterion == Criterion.BOND:
        words = _("分けなおすと、%(best)s組まで減ります。")
    elif best == 0:
        words = _("分けなおすと、均等になる見込みです。")
    else:
        words = _("分けなおすと、あと%(best)s人まで減る見込みです。")
    return words % {"best": best}


def _labels() -> dict[Criterion, str]:
    return {
        Criterion.SIZE: _("人数"),
        Criterion.BOND: _("同じ課・同じ団体"),
        Criterion.SIDE: _("市民と職員"),
        Criterion.WISH: _("話したいこと"),
        Criterion.NEWCOMER: _("はじめての方"),
        Criterion.AGE: _("年代"),
    }


def _sizes(off: int) -> str:
    if off <= 1:
        return _("どのテーブルも同じ人数か、1人ちがいです。")
    return _("いちばん多いテーブルと少ないテーブルの差は%(n)s人です。") % {"n": off}


def _bonds(off: int) -> str:
    if off == 0:
        return _("同じ課や団体の人は、同じテーブルにいません。")
    return ngettext(
        "同じ課や団体の2人が同じテーブルになる組が%(n)s組あります。",
        "同じ課や団体の2人が同じテーブルになる組が%(n)s組あります。",
        off,
    ) % {"n": off}


def _shares(off: int) -> str:
    if off == 0:
        return _("どのテーブルにも均等に分かれています。")
    return ngettext(
        "均等になるまで、あと%(n)s人の席がちがいます。",
        "均等になるまで、あと%(n)s人の席がちがいます。",
        off,
    ) % {"n": off}


_LINES = dict.fromkeys(Criterion, _shares) | {
    Criterion.SIZE: _sizes,
    Criterion.BOND: _bonds,
}


def problems(marks: Sequence[MarkWords]) -> int:
    return sum(not mark.is_best for mark in marks)
