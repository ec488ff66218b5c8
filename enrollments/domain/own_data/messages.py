"""What the city wrote to somebody, and what they chose to be sent or shown."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.domain.addresses import verified_addresses
from accounts.domain.own_data import Chapter, Row, Whose
from enrollments.domain.own_data.whose import applications
from enrollments.enums import MessageKind
from enrollments.models import CalendarToken, HeldAgainWish, Interests, Notification


def _messages(whose: Whose) -> Iterable[Row]:
    """To the person about their applications, and to their address about none; of staff
    who act for them nobody reads more than the subject."""
    theirs = applications(whose)
    own = Q(application__in=theirs) | Q(also__in=theirs)
    if whose.user is not None:
        addresses = verified_addresses(whose.user)
        own |= Q(application=None, recipient__in=addresses) & ~Q(recipient="")
    found = Notification.objects.filter(own).distinct().order_by("created_at", "pk")
    if not whose.by_themselves:
        found = found.exclude(kind=MessageKind.SUPPORT)
    for one in found:
        yield {
            "written_at": one.created_at,
            "kind": one.get_kind_display(),
            "recipient": one.recipient,
            "subject": one.subject,
            "body": one.body if whose.by_themselves else "",
            "state": one.get_state_display(),
            "settled_at": one.settled_at,
        }


def _calendars(whose: Whose) -> Iterable[Row]:
    found = CalendarToken.objects.filter(user=whose.user) if whose.user else ()
    for one in found:
        yield {
            "name": one.name,
            "scope": one.get_scope_display(),
            "with_waiting": one.with_waiting,
            "with_link": one.with_link,
            "with_groups": one.with_groups,
            "created_at": one.created_at,
            "last_used_at": one.last_used_at,
            "last_client": one.get_last_client_display(),
            "revoked_at": one.revoked_at,
        }


def _interests(whose: Whose) -> Iterable[Row]:
    found = Interests.objects.filter(user=whose.user) if whose.user else ()
    for one in found:
        yield {
            "wants_recommendations": one.wants_recommendations,
            "themes": "、".join(str(theme) for theme in one.themes.all()),
            "area": one.area,
            "wants_monthly": one.wants_monthly,
            "language": one.language,
        }


def _wishes(whose: Whose) -> Iterable[Row]:
    addresses = verified_addresses(whose.user) if whose.user else []
    found = HeldAgainWish.objects.filter(email__in=addresses).select_related("course")
    for one in found.order_by("created_at", "pk"):
        yield {
            "course": one.course.title,
            "email": one.email,
            "created_at": one.created_at,
            "confirmed_at": one.confirmed_at,
            "told_at": one.told_at,
        }


CHAPTERS = (
    Chapter(
        "messages",
        _("お知らせ"),
        (
            ("written_at", _("作成日時")),
            ("kind", _("種類")),
            ("recipient", _("あて先")),
            ("subject", _("件名")),
            ("body", _("本文")),
            ("state", _("状態")),
            ("settled_at", _("送信日時")),
        ),
        _messages,
        ("enrollments.Notification",),
    ),
    Chapter(
        "calendars",
        _("カレンダーのアドレス"),
        (
            ("name", _("使いみち")),
            ("scope", _("予定の種類")),
            ("with_waiting", _("キャンセル待ちの講座も入れる")),
            ("with_link", _("オンラインの参加先を入れる")),
            ("with_groups", _("団体の学びの道すじの講座も入れる")),
            ("created_at", _("作成日時")),
            ("last_used_at", _("最後に使われた日時")),
            ("last_client", _("最後に使ったカレンダー")),
            ("revoked_at", _("無効にした日時")),
        ),
        _calendars,
        ("enrollments.CalendarToken",),
    ),
    Chapter(
        "recommendations",
        _("おすすめの設定"),
        (
            ("wants_recommendations", _("おすすめを表示する")),
            ("themes", _("テーマ")),
            ("area", _("お住まいの地区")),
            ("wants_monthly", _("毎月のおすすめをメールで受け取る")),
            ("language", _("言語")),
        ),
        _interests,
        ("enrollments.Interests",),
    ),
    Chapter(
        "held_again",
        _("次の開催の知らせ"),
        (
            ("course", _("講座")),
            ("email", _("メールアドレス")),
            ("created_at", _("申し出た日時")),
            ("confirmed_at", _("確認した日時")),
            ("told_at", _("知らせた日時")),
        ),
        _wishes,
        ("enrollments.HeldAgainWish",),
    ),
)
