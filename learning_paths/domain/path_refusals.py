"""The ways in which a wish about a path can be refused, each with its sentence."""

from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal


class PathNotOpen(Refusal):
    sentence = _("この学びの道すじは、いまは公開されていません。")


class PathHasNoSteps(Refusal):
    sentence = _("この道すじのステップは準備中です。もうしばらくお待ちください。")


class NotFollowed(Refusal):
    sentence = _("この道すじは、いま進めていません。画面を開き直して確認してください。")


class AlreadyNewest(Refusal):
    sentence = _("すでに新しい版で進めています。")


class StepAsksTooMuch(Refusal):
    sentence = _("必要な講座の数が、選んだ講座の数より多くなっています。")


class StepNameless(Refusal):
    sentence = _("ステップ名を入力してください。")


class StepNeedsATheme(Refusal):
    sentence = _("テーマを選んでください。")


class StepNeedsASeries(Refusal):
    sentence = _("シリーズを選んでください。")


class StepNeedsCourses(Refusal):
    sentence = _("講座を一つ以上選んでください。")


class NotAJointSession(Refusal):
    sentence = _("合同学習会ではない講座が選ばれています。")


class StepsInACircle(Refusal):
    """`names` of the steps that wait for one another."""

    def __init__(self, names: str) -> None:
        words = _("次のステップが互いを待っていて、始められません: %(names)s")
        super().__init__(words % {"names": names})


class TooManyOptional(Refusal):
    sentence = _("任意のステップの数より多くのステップは求められません。")


class PathNotFinished(Refusal):
    sentence = _("この道すじは、まだ達成していません。のこりのステップを確認してください。")


class PathCertified(Refusal):
    sentence = _("この道すじの修了証は、すでに発行されています。")
