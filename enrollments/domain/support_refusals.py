"""Why a wish for childcare or support is not taken, or a promise cannot be made."""

from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal


class SupportNotOffered(Refusal):
    sentence = _("この開催に保育はありません。担当課にご相談ください。")


class SupportDeadlinePassed(Refusal):
    sentence = _("保育・支援の希望の締切を過ぎました。担当課へお電話ください。")


class SupportFull(Refusal):
    sentence = _("保育・支援は定員に達しました。担当課にご相談ください。")


class ChildrenNeeded(Refusal):
    sentence = _("保育を希望するお子さんの呼び名と月齢を入力してください。")


class ChildNotOfAge(Refusal):
    sentence = _("お子さんの年齢が、保育の対象に合いません。担当課にご相談ください。")


class SupportAskedAlready(Refusal):
    sentence = _("同じ希望をすでに受け付けています。変更は担当課へご連絡ください。")


class SupportOfNobody(Refusal):
    sentence = _("この申込みは終わっています。保育・支援の希望は受け付けられません。")


class SupportMoveNotAllowed(Refusal):
    sentence = _("希望の状態がすでに変わっています。画面を開き直して確認してください。")


class AlternativeNeeded(Refusal):
    sentence = _("手配できないときは、かわりの案を書いてください。本人に届きます。")


class PromisesExceedPlaces(Refusal):
    sentence = _("すでに手配した人数より、保育・支援の定員を小さくすることはできません。")
