"""What an account itself says of a person, for them to take along."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.utils.translation import gettext_lazy as _

from accounts.domain.own_data import Chapter, Row, Whose, contribute, leave_out
from accounts.models import AccessLog, ResidentProfile, StaffProfile


def _account(whose: Whose) -> Iterable[Row]:
    if whose.user is None:
        return
    user = whose.user
    profile = ResidentProfile.objects.filter(user=user).first()
    works = StaffProfile.objects.filter(user=user).select_related("department").first()
    yield {
        "email": user.email,
        "family_name": user.last_name,
        "given_name": user.first_name,
        "family_name_kana": user.last_name_kana,
        "given_name_kana": user.first_name_kana,
        "phone": profile.phone if profile else "",
        "postal_code": profile.postal_code if profile else "",
        "residency": profile.get_residency_display() if profile else "",
        "birth_date": profile.birth_date if profile else None,
        "section": works.department.name if works else "",
        "role": works.get_role_display() if works else "",
        "joined_at": user.date_joined,
        "last_signed_in_at": user.last_login,
    }


def _addresses(whose: Whose) -> Iterable[Row]:
    found = EmailAddress.objects.filter(user=whose.user) if whose.user else ()
    for one in found:
        yield {"email": one.email, "is_confirmed": one.verified, "is_main": one.primary}


def _taken_out(whose: Whose) -> Iterable[Row]:
    """By the person: what an employee looked at belongs to the office."""
    own = AccessLog.objects.filter(user=whose.user, subject=SUBJECT) if whose.user else ()
    for one in own:
        yield {"at": one.at, "columns": one.columns.replace("\n", "、")}


SUBJECT = "わたしのデータ"
ACCOUNT = Chapter(
    key="account",
    title=_("アカウント"),
    columns=(
        ("email", _("メールアドレス")),
        ("family_name", _("氏")),
        ("given_name", _("名")),
        ("family_name_kana", _("氏（カナ）")),
        ("given_name_kana", _("名（カナ）")),
        ("phone", _("電話番号")),
        ("postal_code", _("郵便番号")),
        ("residency", _("区分")),
        ("birth_date", _("生年月日")),
        ("section", _("所属する課")),
        ("role", _("役割")),
        ("joined_at", _("登録日時")),
        ("last_signed_in_at", _("最後にログインした日時")),
    ),
    rows=_account,
    holds=("accounts.User", "accounts.ResidentProfile", "accounts.StaffProfile"),
)
ADDRESSES = Chapter(
    key="mail_addresses",
    title=_("メールアドレス"),
    columns=(
        ("email", _("メールアドレス")),
        ("is_confirmed", _("確認済み")),
        ("is_main", _("いつも使うもの")),
    ),
    rows=_addresses,
    holds=("account.EmailAddress",),
)
TAKEN_OUT = Chapter(
    key="taken_out",
    title=_("データを取り出した記録"),
    columns=(("at", _("日時")), ("columns", _("取り出したもの"))),
    rows=_taken_out,
    holds=("accounts.AccessLog",),
)


def contribute_account() -> None:
    contribute(ACCOUNT, ADDRESSES, TAKEN_OUT)
    leave_out(
        {
            "account.EmailConfirmation": "確認のメールの合い言葉で、使うと消えます。",
            "mfa.Authenticator": "ログインの鍵で、知らせると使えてしまいます。",
        }
    )
