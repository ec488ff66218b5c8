"""The ways in which an import is refused, each with its sentence."""

from collections.abc import Sequence

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal


class ImportGone(Refusal):
    sentence = _("この取込みは、もうありません。もう一度ファイルを選んでください。")


class AlreadyBeyond(Refusal):
    sentence = _("この取込みは、ほかの画面で先に進みました。いまの状況を表示します。")


class RunMissing(Refusal):
    sentence = _("どの開催の名簿かをえらんでください。")


class ColumnMissing(Refusal):
    def __init__(self, headings: Sequence[str]) -> None:
        words = gettext("「%(headings)s」の列をえらんでください。")
        super().__init__(words % {"headings": "」「".join(headings)})


class ColumnTwice(Refusal):
    def __init__(self, heading: str) -> None:
        words = gettext("「%(heading)s」を2つの列に選んでいます。1つにしてください。")
        super().__init__(words % {"heading": heading})


class PlanHasChanged(Refusal):
    sentence = _(
        "見ているあいだに、ほかの変更がありました。いまの内容で作り直しましたので、"
        "もう一度確かめてください。まだ何も取り込んでいません。"
    )


class LineRefused(Refusal):
    """A rule said no to a line that the plan took for good: nothing was applied."""

    def __init__(self, line: int, why: Refusal) -> None:
        words = gettext(
            "%(line)d行目が取り込めませんでした（%(why)s）。"
            "何も取り込んでいません。作り直した内容を確かめてください。"
        )
        super().__init__(words % {"line": line, "why": why})
        self.line, self.why = line, why


class StandsInTheWay(Refusal):
    """Undoing is whole as well; each obstacle is (line, sentence)."""

    def __init__(self, obstacles: Sequence[tuple[int, str]]) -> None:
        words = ngettext(
            "取り消せない行が%(count)d行あるため、何も取り消していません。",
            "取り消せない行が%(count)d行あるため、何も取り消していません。",
            len(obstacles),
        )
        super().__init__(words % {"count": len(obstacles)})
        self.obstacles = list(obstacles)
