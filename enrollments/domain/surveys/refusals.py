"""The ways in which a survey says no, each with its sentence."""

from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal


class SurveyNotOpenYet(Refusal):
    sentence = _("このアンケートは、まだ始まっていません。")


class SurveyClosed(Refusal):
    sentence = _("このアンケートの受付は終わりました。ご協力ありがとうございました。")


class AlreadyAnswered(Refusal):
    sentence = _("このアンケートには、すでにお答えいただいています。ありがとうございます。")


class NotAnAnswer(Refusal):
    sentence = _("質問が変わりました。画面を開き直して、もう一度お答えください。")


class QuestionsFixed(Refusal):
    sentence = _(
        "回答があるため、質問・記名・公表するかどうかは変えられません。写しを作って変えてください。"
    )


class SurveyChangedMeanwhile(Refusal):
    sentence = _(
        "ほかの人がこのアンケートを先に保存しました。いまの内容を確かめてください。"
        "この画面のとおりにするときは、もう一度保存してください。"
    )


class NoQuestions(Refusal):
    sentence = _("質問を一つ以上入力してください。")


class QuestionUnclear(Refusal):
    sentence = _("えらぶ質問には、選択肢を二つ以上書いてください。")


class SurveySettled(Refusal):
    sentence = _("集計を確定したアンケートです。変えられません。")


class SurveyStillOpen(Refusal):
    sentence = _("回答の受付中です。締め切ってから集計を確定してください。")


class NotForPublic(Refusal):
    sentence = _(
        "公表すると伝えずに集めた回答か、集計を確定していない回答です。公表できません。"
    )


class SurveyInUse(Refusal):
    sentence = _("お願いを送ったか、回答があるため、このアンケートは消せません。")


class NobodyToAsk(Refusal):
    sentence = _("お願いを送る相手がいません。")


class RemindedAlready(Refusal):
    sentence = _("もう一度のお願いは、すでに送りました。送れるのは一度だけです。")


class NotOfThisRun(Refusal):
    sentence = _("ほかの開催の回です。画面を開き直してください。")


class NamedOnPaper(Refusal):
    sentence = _("記名のアンケートでは、答えた方をえらんでください。")


class FollowUpSent(Refusal):
    sentence = _("6か月後のアンケートは、もう送りました。")
