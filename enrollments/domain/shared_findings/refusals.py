"""Why findings are not written, approved or published, each with its sentence."""

from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal


class SessionNotOver(Refusal):
    sentence = _("まとめは、その回が終わってから書けます。")


class NothingWritten(Refusal):
    sentence = _("まとめに、何か一つは書いてください。")


class WrittenMeanwhile(Refusal):
    sentence = _(
        "ほかの方が先に書きかえました。下に今の内容があります。見くらべて、もう一度"
        "保存してください。"
    )


class NotThisVersion(Refusal):
    sentence = _("承認しようとした内容は、もう新しくなっています。読み直してください。")


class NotApprovedByBoth(Refusal):
    sentence = _("公開できるのは、市民側と職員側の両方が今の内容を承認したあとです。")


class NotOneOfTheCitizens(Refusal):
    sentence = _("この回に参加した市民の方から選んでください。")


class NobodyNamed(Refusal):
    sentence = _("市民側で書く方を、先に決めてください。")


class NoSuchStep(Refusal):
    sentence = _("その一歩が見つかりません。画面を読み込み直してください。")
