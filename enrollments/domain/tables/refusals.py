"""Why a table plan is not made or changed, each with its sentence."""

from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal


class NobodyToSeat(Refusal):
    sentence = _("受講が決まった方がまだいないため、テーブル分けを作れません。")


class TooManyTables(Refusal):
    sentence = _("テーブルの数は、1から参加者の人数までにしてください。")


class LockedSeatsThere(Refusal):
    sentence = _(
        "なくなるテーブルに、固定した席があります。固定を解くか、その方を移してください。"
    )


class NoSuchSeat(Refusal):
    sentence = _("その方、またはテーブルが見つかりません。画面を読み込み直してください。")


class SeatHasMoved(Refusal):
    sentence = _("ほかの職員が先に移しました。今の席を確かめて、もう一度選んでください。")


class SameTable(Refusal):
    sentence = _("お二人は同じテーブルです。別のテーブルの方を選んでください。")


class SizesAreEven(Refusal):
    sentence = _("人数の差は1人以内です。移す必要はありません。")
