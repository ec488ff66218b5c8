"""The ways in which a change to a course can be refused, each with its sentence."""

from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal


class ChangedMeanwhile(Refusal):
    sentence = _(
        "ほかの人がこの講座を先に保存しました。講座の画面で内容を確かめてから、"
        "もう一度保存してください。"
    )


class EndsBeforeStart(Refusal):
    sentence = _("終了は開始より後の時刻にしてください。")


class ImplausibleYear(Refusal):
    sentence = _("日付の年を確かめてください。")


class InstructorTaken(Refusal):
    sentence = _(
        "講師が同じ時間に別の回で教えます。講師か時間を変えるか、重なってもよい理由を"
        "入力してください。"
    )


class ReasonMissing(Refusal):
    sentence = _("理由を入力してください。申し込んだ方にお知らせします。")


class RoomElsewhere(Refusal):
    sentence = _("部屋は、えらんだ会場の中からえらんでください。")


class RoomTaken(Refusal):
    sentence = _("その部屋は同じ時間に別の回で使います。部屋か時間を変えてください。")


class RunAlreadyCancelled(Refusal):
    sentence = _("この開催はすでに中止になっています。")


class RunAlreadyPostponed(Refusal):
    sentence = _("この開催はすでに延期になっています。")


class RunHasBegun(Refusal):
    sentence = _("すでに始まった開催です。残りの回を一つずつ中止してください。")


class SessionAlreadyCancelled(Refusal):
    sentence = _("この回はすでに中止になっています。")


class SessionAlreadyPostponed(Refusal):
    sentence = _("この回はすでに延期になっています。")


class SessionInThePast(Refusal):
    sentence = _("新しい日時が過去になっています。これからの日時にしてください。")


class SessionIsHeld(Refusal):
    sentence = _("この回は中止にも延期にもなっていません。画面を開き直してください。")


class SessionIsOver(Refusal):
    sentence = _("終わった回は変更できません。")


class SessionMadeUp(Refusal):
    sentence = _("この回には補講があります。先に補講を中止してください。")


class SessionWasAnnounced(Refusal):
    sentence = _("公開した回は消したり番号を変えたりできません。中止にしてください。")
