"""The ways in which a group's wish can be refused, each with its sentence."""

from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import NotAllowed, Refusal


class NotAMember(NotAllowed):
    sentence = _("この団体の会員だけができる操作です。")


class NotAnOrganiser(NotAllowed):
    sentence = _("この操作は、団体の代表か担当の方ができます。")


class NotTheLeader(NotAllowed):
    sentence = _("この操作は、団体の代表の方ができます。")


class GroupClosed(Refusal):
    sentence = _("この団体の登録は終わっています。変更はできません。")


class NotYetRegistered(Refusal):
    sentence = _("登録の確認が終わるまで、この操作はできません。")


class RegistrationLapsed(Refusal):
    sentence = _("登録の期限が過ぎています。更新すると、また使えるようになります。")


class NoSuchMove(Refusal):
    sentence = _("いまの登録状況からは変えられません。画面を開き直して確認してください。")


class ReasonMissing(Refusal):
    sentence = _("理由を入力してください。団体の方に伝わります。")


class NothingToDecide(Refusal):
    sentence = _("ほかの職員がすでに確認しました。画面を開き直して確認してください。")


class NotYetTime(Refusal):
    sentence = _("更新を受け付ける期間ではありません。")


class SameGroup(Refusal):
    sentence = _("合併先には、登録済みの別の団体を選んでください。")


class ContactNeedsAWay(Refusal):
    sentence = _("公開する連絡先を入力してください。")


class NameMissing(Refusal):
    sentence = _("団体名を入力してください。")


class NameIsAnAddress(Refusal):
    sentence = _("団体名にウェブサイトやメールのアドレスは入れられません。")


class InvitationOver(Refusal):
    sentence = _(
        "この招待は取り消されたか、期限が切れました。"
        "参加するには、団体の方にもう一度招待してもらってください。"
    )


class InvitationUsed(Refusal):
    sentence = _(
        "この招待は、別の方がすでに使いました。"
        "参加するには、団体の方に招待してもらってください。"
    )


class AlreadyMember(Refusal):
    sentence = _("すでにこの団体に参加しています。この招待を使う必要はありません。")


class TooManyInvitations(Refusal):
    sentence = _("一度に招待できるのは20人までです。分けて送ってください。")


class LastLeader(Refusal):
    sentence = _("代表がいなくなってしまいます。先に、ほかの会員を代表にしてください。")


class NoAccountYet(Refusal):
    """Nobody could act for the group any more."""

    sentence = _(
        "この方はこのサイトのアカウントがないため、代表を引き継げません。先に招待してください。"
    )


class HasLeft(Refusal):
    sentence = _("この方はもう参加していません。画面を開き直して確認してください。")


class NotYetJoined(Refusal):
    sentence = _("招待に答えていない方に、役割は付けられません。")


class StageInFuture(Refusal):
    sentence = _("先の日付は入力できません。今日までの日付にしてください。")


class NotOfTheGroup(Refusal):
    sentence = _("この団体の活動ではありません。画面を開き直して確認してください。")
