"""Why a draw cannot be frozen, held or told now, each with its sentence."""

from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal


class NoDrawHere(Refusal):
    sentence = _("この開催は抽選では決めません。")


class StillOpen(Refusal):
    sentence = _("まだ受付中です。名簿は、締切を過ぎてから固定できます。")


class PaperStillComing(Refusal):
    sentence = _(
        "はがきなどの締切日がまだ過ぎていません。名簿は、その翌日から固定できます。"
    )


class NobodyToDraw(Refusal):
    sentence = _("抽選する申込みがありません。")


class NoPlacesToDraw(Refusal):
    sentence = _("空いている席がありません。席が空いてから再抽選ができます。")


class AlreadyFrozen(Refusal):
    sentence = _("名簿はすでに固定されています。")


class SameNamesOpen(Refusal):
    sentence = _(
        "読みの同じ方が、2件以上の申込みにいます。「読みの同じ方」のページで確かめるか、"
        "このまま固定することをえらんでください。"
    )


class SourceMissing(Refusal):
    sentence = _("どの公開の値を使うか、だれが見ても一つに決まるように書いてください。")


class SourceNotInFuture(Refusal):
    sentence = _(
        "公開の値は、まだだれも知らないものでなければなりません。"
        "値がわかる日は、あすより後の日にしてください。"
    )


class ListIsFrozen(Refusal):
    sentence = _(
        "抽選の名簿を固定したあとなので、申込みを加えられません。"
        "締切に間に合った申込みのときは、「抽選」のページで名簿の固定を取り消せます"
        "（公開の値がわかる日の前日まで）。"
    )


class CapacityIsFrozen(Refusal):
    sentence = _(
        "抽選の名簿を固定したあとなので、定員は減らせません。"
        "減らすときは、先に「抽選」のページで名簿の固定を取り消してください。"
    )


class ValueNotKnownYet(Refusal):
    sentence = _("公開の値がわかる日になっていません。その日から抽選できます。")


class ValueMissing(Refusal):
    sentence = _("公開の値を入力してください。")


class AlreadyHeld(Refusal):
    sentence = _("抽選はすでに行いました。やり直すことはできません。")


class TooLateToTakeBack(Refusal):
    sentence = _(
        "公開の値がわかる日になったので、名簿の固定は取り消せません。"
        "結果を見てから名簿を変えることができないようにするためです。"
    )


class WhyTakenBack(Refusal):
    sentence = _("取り消す理由を書いてください。理由は公表されます。")


class NotFrozen(Refusal):
    sentence = _("固定された名簿がありません。先に名簿を固定してください。")


class NotHeldYet(Refusal):
    sentence = _("まだ抽選していません。")


class AlreadyAnnounced(Refusal):
    sentence = _("結果はすでに発表しました。")


class ResultsComeLater(Refusal):
    sentence = _("結果を知らせる日時になっていません。それまでは、だれにも知らせません。")


class DrawNeeded(Refusal):
    sentence = _("定員を超えているので、抽選が必要です。")
