"""The ways in which a wish to learn, or an answer to it, can be refused."""

from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal


class TitleMissing(Refusal):
    sentence = _("学びたいことを入力してください。")


class TitleIsALink(Refusal):
    sentence = _("学びたいことに、ウェブサイトのアドレスは書けません。")


class NoOwnAddress(Refusal):
    sentence = _("メールアドレスの確認がまだ済んでいません。")


class NotOpenForVoices(Refusal):
    sentence = _("この希望には、いまは声を加えられません。新しく書いて送れます。")


class NoWayToTell(Refusal):
    sentence = _("答えをお知らせするために、電話番号かメールアドレスを入力してください。")


class NoSuchStep(Refusal):
    sentence = _("いまの状況からは変えられません。画面を開き直して確認してください。")


class AnswerMissing(Refusal):
    sentence = _("理由を入力してください。希望した方に伝わります。")


class CourseMissing(Refusal):
    sentence = _("希望にこたえる講座を選んでください。公開している講座だけを選べます。")


class RunOfAnotherCourse(Refusal):
    sentence = _("開催は、選んだ講座の公開している開催の中から選んでください。")


class SameRequest(Refusal):
    sentence = _("まとめる先には、公開しているほかの希望を選んでください。")
