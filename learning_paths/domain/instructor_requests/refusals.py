"""Why a request is not taken, passed on or answered, each with its sentence."""

from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal


class NotOnTheRegister(Refusal):
    sentence = _("この方への依頼は、いまは取り次いでいません。")


class CannotBeReached(Refusal):
    sentence = _("メールアドレスか電話番号の、どちらかを入力してください。")


class RequestMoveNotAllowed(Refusal):
    sentence = _("この依頼の状態が、先に変わっています。画面を読み込み直してください。")


class AnswerIsOver(Refusal):
    sentence = _("返事の期限が過ぎたか、もう返事をいただいています。")


class ClosedWithoutReason(Refusal):
    sentence = _("終了する理由を入力してください。依頼した方にお知らせします。")


class NoAddressOnTheRegister(Refusal):
    sentence = _(
        "この講師のメールアドレスは、台帳にありません。アドレスを入力するか、台帳に記録してください。"
    )
