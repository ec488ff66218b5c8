"""The ways in which an application can be refused, each with its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal

if TYPE_CHECKING:
    from enrollments.domain.eligibility import Finding
    from enrollments.models import Application


class ApplicationsNotOpen(Refusal):
    """`opens`: the moment in words, where one is set."""

    sentence = _("まだ受付が始まっていません。受付開始の日時をご確認ください。")

    def __init__(self, opens: str = "") -> None:
        words = gettext("申込みの受付は、%(opens)sからです。")
        super().__init__(words % {"opens": opens} if opens else None)


class PlacesForOthers(Refusal):
    sentence = _("この講座に申し込めるのは、次にあてはまる方です。")


class ApplicationsClosed(Refusal):
    sentence = _("申込みの受付は終わりました。お困りのときは担当課へお電話ください。")


class OnlyByNomination(Refusal):
    sentence = _(
        "この職員枠は、課の推薦だけを受け付けています。所属する課にご相談ください。"
    )


class RunNotHeld(Refusal):
    sentence = _("この開催は中止または延期になりました。申込みはできません。")


class ApplicationNotNeeded(Refusal):
    sentence = _("この講座は申込み不要です。当日、直接会場へお越しください。")


class AppliesElsewhere(Refusal):
    sentence = _("この講座はここからは申し込めません。申込方法をご確認ください。")


class RunFull(Refusal):
    sentence = _("定員に達しました。キャンセル待ちも受け付けていません。")


class TooManyParticipants(Refusal):
    sentence = _("一度に申し込める人数を超えています。人数を減らしてください。")


class SamePersonTwice(Refusal):
    sentence = _(
        "同じ方が二人分入力されています。お申し込みになる方は「いっしょに参加する方」に"
        "入れません。"
    )


class AlreadyApplied(Refusal):
    sentence = _(
        "この講座には、同じお名前と連絡先の申込みがすでにあります。"
        "内容は、申込みのときのメールかマイページで確認できます。"
    )

    def __init__(self, existing: Application) -> None:
        super().__init__()
        self.existing = existing


class NotEligible(Refusal):
    """`findings` say which conditions are not met, or could not be checked."""

    sentence = _("申し込める方の条件にあてはまりません。")

    def __init__(self, findings: tuple[Finding, ...], reasons: tuple[str, ...]) -> None:
        self.findings = findings
        self.reasons = reasons
        super().__init__("".join(reasons) or None)


class SessionNotChosen(Refusal):
    sentence = _("参加する回を一つえらんでください。")


class SessionNotOffered(Refusal):
    sentence = _("えらんだ回は、いまは申し込めません。ほかの回をえらんでください。")


class GroupNotChosen(Refusal):
    sentence = _("どの団体として申し込むかをえらんでください。")


class QuestionNotAsked(Refusal):
    sentence = _("質問が変わりました。画面を開き直して、もう一度お答えください。")


class TermsNotAccepted(Refusal):
    sentence = _("申し込むには、受講規約への同意が必要です。")


class PaperTooLate(ApplicationsClosed):
    sentence = _(
        "はがきが必着の期限のあとに届いています。受け付けるときは、理由を書いてください。"
    )


class PostmarkTooLate(PaperTooLate):
    sentence = _("消印が締切日のあとの日付です。受け付けるときは、理由を書いてください。")


class PostmarkMissing(PaperTooLate):
    sentence = _("締切日のあとに届いたはがきです。消印の日を入力してください。")


class Unreachable(Refusal):
    sentence = _("メールアドレス、電話番号、住所のどれか一つを入力してください。")


class MoveNotAllowed(Refusal):
    sentence = _("申込みの状態がすでに変わっています。画面を開き直して確認してください。")


class RunHasEnded(Refusal):
    sentence = _("この開催は終わりました。変更はできません。")


class SessionNotStarted(Refusal):
    sentence = _("まだ始まっていない回です。出席は開催日から記録できます。")


class SessionNotHeld(Refusal):
    sentence = _("中止または延期になった回です。出席は記録できません。")


class NotOnTheList(Refusal):
    sentence = _("名簿にない方が含まれています。画面を開き直してください。")


class DoorNotOpen(Refusal):
    sentence = _("いまは会場の番号を受け付けていません。受付の職員にお声がけください。")


class WrongDoorNumber(Refusal):
    sentence = _(
        "番号がちがいます。番号は1分ごとに変わります。いま出ている番号を入力してください。"
    )


class TooLateToTell(Refusal):
    sentence = _("この回はもう始まっています。担当課へお電話ください。")


class CountedByList(Refusal):
    sentence = _("この回は名簿で受付をしています。来場者数は名簿から数えます。")


class NotMadeUpThere(Refusal):
    sentence = _("振替は、同じ講座のほかの開催の回だけ選べます。")


class ReceivedLongAgo(Refusal):
    sentence = _("受付日時は、この1年のうちの日時にしてください。")


class SessionHasApplications(Refusal):
    sentence = _("申込みがあるため、この回は消せません。中止にしてください。")


class OfferExpired(Refusal):
    sentence = _(
        "回答期限が過ぎたため、このご案内は終わりました。席は次の方にご案内しています。"
    )


class OfferAccepted(Refusal):
    sentence = _(
        "このご案内には、すでに「受講する」とお返事をいただいています。"
        "取りやめるときは、申込みのページから取り消せます。"
    )


class OfferDeclined(Refusal):
    sentence = _("このご案内には、すでに「辞退する」とお返事をいただいています。")


class OfferTakenBack(Refusal):
    sentence = _(
        "このご案内は取り下げられました。くわしくは、申込みのページか担当課でご確認ください。"
    )


class NotWaiting(Refusal):
    sentence = _("この申込みはキャンセル待ちではありません。画面を開き直してください。")


class NoSuchPlace(Refusal):
    sentence = _("順番は、1からキャンセル待ちの件数までの数で入力してください。")


class DrawDecides(Refusal):
    sentence = _("この開催は再抽選で決めるため、順番はありません。")


class WithdrawalClosed(Refusal):
    sentence = _("取り消しの期限が過ぎました。担当課へお電話ください。")


class LastParticipant(Refusal):
    sentence = _("参加する方がいなくなります。申込みを取り消してください。")


class ParticipantHasCome(Refusal):
    sentence = _("すでに出席した方は、ほかの方に変えられません。")


class ParticipantIsMarked(Refusal):
    sentence = _(
        "欠席のご連絡や出席の記録がある方は、参加する方から外せません。"
        "ほかの方が代わりに参加することはできます。"
    )


class ApplicantStays(Refusal):
    sentence = _("申込者ご本人の変更は、担当課へお電話ください。")


class NothingToDecide(Refusal):
    sentence = _("この開催には、開催を決める日がありません。画面を開き直してください。")


class RefundNoted(Refusal):
    sentence = _("この申込みの返金は、すでに記録されています。")


class RefundSettled(Refusal):
    sentence = _("この返金は、すでに済みになっています。")


class NothingToMakeUp(Refusal):
    sentence = _("補講を加えられるのは、中止した回だけです。画面を開き直してください。")
