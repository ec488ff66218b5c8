"""Closed vocabularies about taking part."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ApplicationState(models.TextChoices):
    RECEIVED = "received", _("受付済み")
    AWAITING_DRAW = "awaiting_draw", _("抽選待ち")
    AWAITING_SCREENING = "awaiting_screening", _("選考待ち")
    ACCEPTED = "accepted", _("受講決定")
    WAITING = "waiting", _("キャンセル待ち")
    OFFERED = "offered", _("繰上げのご案内中")
    LOST = "lost", _("落選")
    DECLINED = "declined", _("辞退")
    EXPIRED = "expired", _("期限切れ")
    WITHDRAWN = "withdrawn", _("取り消し（本人）")
    CANCELLED = "cancelled", _("取り消し（主催者）")
    VOID = "void", _("無効")


class Channel(models.TextChoices):
    """How an application reached the city."""

    WEB = "web", _("ウェブ")
    PHONE = "phone", _("電話")
    COUNTER = "counter", _("窓口")
    POSTCARD = "postcard", _("はがき")
    FAX = "fax", _("ファクス")
    MAIL = "mail", _("メール")
    E_APPLICATION = "e_application", _("電子申請")


class ContactBy(models.TextChoices):
    MAIL = "mail", _("メール")
    PHONE = "phone", _("電話")
    POST = "post", _("郵送")


class AttendanceStatus(models.TextChoices):
    PRESENT = "present", _("出席")
    LATE = "late", _("遅刻")
    LEFT_EARLY = "left_early", _("早退")
    EXCUSED = "excused", _("欠席（連絡あり）")
    ABSENT = "absent", _("欠席")
    MADE_UP = "made_up", _("振替")
    ONLINE = "online", _("オンライン")


class NotificationState(models.TextChoices):
    """`in_doubt`: the worker died while sending, so a person decides; `by_hand`: the
    person has no mail and is to be telephoned or written to."""

    PENDING = "pending", _("送信待ち")
    SENDING = "sending", _("送信中")
    SENT = "sent", _("送信済み")
    DEAD = "dead", _("送信できず")
    IN_DOUBT = "in_doubt", _("送信結果が不明")
    BY_HAND = "by_hand", _("電話・郵送で連絡")


class MessageKind(models.TextChoices):
    RECEIVED = "received", _("申込みの受付")
    ACCEPTED = "accepted", _("受講決定")
    WAITING = "waiting", _("キャンセル待ち")
    PROMOTED = "promoted", _("繰上げ")
    WITHDRAWN = "withdrawn", _("取り消しの確認")
    CANCELLED = "cancelled", _("取り消し（主催者）")
    SESSION_CANCELLED = "session_cancelled", _("回の中止")
    SESSION_MOVED = "session_moved", _("日時変更")
    HELD_AGAIN_ASKED = "held_again_asked", _("次の開催の知らせの確認")
    HELD_AGAIN = "held_again", _("次の開催の知らせ")
    GROUP_INVITATION = "group_invitation", _("団体への招待")
    OTHER = "other", _("そのほか")


class UnitProgress(models.TextChoices):
    """How one person stands with a unit of a series; computed, never stored."""

    DONE = "done", _("修了")
    NOW = "now", _("申込み中・受講中")
    NEXT = "next", _("次におすすめ")
    LATER = "later", _("これから")


class Concern(models.TextChoices):
    """Why a run needs to be looked at; never stored."""

    CLOSING = "closing", _("1週間以内に締め切る開催")
    FULL = "full", _("満員の開催")
    EMPTY = "empty", _("まだ申込みのない開催（締切まで2週間以内）")
    FEW = "few", _("申込みの少ない開催（締切まで2週間以内）")
