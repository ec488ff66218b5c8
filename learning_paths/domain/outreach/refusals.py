"""The ways in which a request for an outreach lecture can be refused."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal


class NotOnTheMenu(Refusal):
    sentence = _("この出前講座は、いまは受け付けていません。")


class TooFewPeople(Refusal):
    def __init__(self, minimum: int) -> None:
        words = gettext("%(n)d人以上で申し込めます。ほかの方も誘ってみてください。")
        super().__init__(words % {"n": minimum})


class NotProper(Refusal):
    sentence = _(
        "営利・政治・宗教を目的とした集まりには、うかがえません。"
        "そうでないことを確かめて、印を付けてください。"
    )


class DateMissing(Refusal):
    sentence = _("希望の日時を一つ以上入力してください。")


class WrongDate(Refusal):
    """`number` says which of the wished dates it is, from 1."""

    number = 1


class TooSoon(WrongDate):
    def __init__(self, days: int) -> None:
        words = gettext("準備のため、%(n)d日以上先の日を選んでください。")
        super().__init__(words % {"n": days})


class NotOnThatDay(WrongDate):
    def __init__(self, days: str) -> None:
        words = gettext("うかがえるのは%(days)s曜日です。ほかの日を選んでください。")
        super().__init__(words % {"days": days})


class NotAtThatTime(WrongDate):
    def __init__(self, begins: str, ends: str) -> None:
        words = gettext("%(begins)sから%(ends)sまでの間に終わる時刻にしてください。")
        super().__init__(words % {"begins": begins, "ends": ends})


class SameDateTwice(Refusal):
    sentence = _("同じ日時が二つあります。ちがう日時を入力してください。")


class DateIsOver(Refusal):
    sentence = _("過ぎた日時は選べません。これからの日時にしてください。")


class NoWayToTell(Refusal):
    sentence = _("お返事のために、電話番号かメールアドレスを入力してください。")


class NoSuchStep(Refusal):
    sentence = _("いまの状況からは変えられません。画面を開き直して確認してください。")


class ChoiceOver(Refusal):
    sentence = _("選ぶ期限が過ぎました。担当課へお電話ください。")


class NotProposed(Refusal):
    sentence = _("案内した日の中から選んでください。画面を開き直して確認してください。")


class NoLongerPossible(Refusal):
    sentence = _(
        "この日は、ほかの予定が入りました。ほかの日を選ぶか、担当課へお電話ください。"
    )


class ReasonMissing(Refusal):
    sentence = _("理由を入力してください。申し込んだ方に伝わります。")


class NotYetHeld(Refusal):
    sentence = _("まだ終わっていません。終わってから記録してください。")


class NotAnOutreachCourse(Refusal):
    sentence = _("メニューにのせられるのは、種別が「出前講座」の講座だけです。")
