"""The ways in which a completion or a certificate can be refused."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.domain.refusal import Refusal


class RuleNotMet(Refusal):
    """Somebody was ticked who does not meet the run's own rule."""

    def __init__(self, people: int) -> None:
        words = ngettext(
            "%(n)d人は修了の条件を満たしていません。修了にするときは、理由を書いてください。",
            "%(n)d人は修了の条件を満たしていません。修了にするときは、理由を書いてください。",
            people,
        )
        super().__init__(words % {"n": people})


class WhyTakenBack(Refusal):
    sentence = _("修了を取り消す理由を書いてください。")


class CertificateStillValid(Refusal):
    sentence = _("修了証が発行されています。先に修了証を取り消してください。")


class NoCertificates(Refusal):
    sentence = _(
        "この開催では修了証を出さないことになっています。開催の画面で変えられます。"
    )


class NothingToIssue(Refusal):
    sentence = _("新しく発行する方はいません。")


class NobodyCame(Refusal):
    sentence = _("出席の記録がない方には、受講証明書を出せません。")


class WhyRevoked(Refusal):
    sentence = _("取り消しや再発行の理由を書いてください。")


class AlreadyRevoked(Refusal):
    sentence = _("この修了証は、すでに取り消されています。")


class NoSeriesCertificates(Refusal):
    sentence = _("このシリーズでは修了証を出さないことになっています。")
