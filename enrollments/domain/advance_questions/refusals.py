"""Why a question is not taken, sorted or published, each with its sentence."""

from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import NotAllowed, Refusal


class ClosesTooLate(Refusal):
    sentence = _("質問の締切は、これからの日時で、最後の回が終わる前にしてください。")


class NotCollected(Refusal):
    sentence = _("質問の受付は終わりました。当日、会場でお聞かせください。")


class OnlyParticipants(Refusal):
    sentence = _("質問を送れるのは、申込みが続いている方だけです。")


class NothingAsked(Refusal):
    sentence = _("質問か、話したいことを入力してください。")


class TooLong(Refusal):
    sentence = _("質問は400文字までです。分けて送ることもできます。")


class EnoughAsked(Refusal):
    sentence = _(
        "お一人から受け付ける質問は5件までです。取り下げると、別の質問を送れます。"
    )


class QuestionMoveNotAllowed(Refusal):
    sentence = _("この質問の状態が、先に変わっています。画面を読み込み直してください。")


class NotTheSameCall(Refusal):
    sentence = _("まとめる先は、同じ開催の、まとめられていない質問から選んでください。")


class NoPublicWords(Refusal):
    sentence = _("公開する言葉を入力してください。お名前や連絡先は書きません。")


class OnlyHeadPublishes(NotAllowed):
    sentence = _("質問の公開を承認できるのは、課長と管理者です。")
