"""Closed vocabularies of the back office."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportKind(models.TextChoices):
    """What the rows of a file are."""

    COURSES = "courses", _("講座・開催・回")
    APPLICATIONS = "applications", _("申込み")
    ATTENDANCE = "attendance", _("出席")
    GROUPS = "groups", _("団体")
    MEMBERS = "members", _("団体の会員")
    INSTRUCTORS = "instructors", _("講師")
    VENUES = "venues", _("会場・部屋")


class ImportState(models.TextChoices):
    """`planning`, `applying` and `undoing` are the worker's turn, the others a person's."""

    UPLOADED = "uploaded", _("項目を確かめる")
    PLANNING = "planning", _("読み取り中")
    PLANNED = "planned", _("内容を確かめる")
    APPLYING = "applying", _("取込み中")
    APPLIED = "applied", _("取込み済み")
    UNDOING = "undoing", _("取消し中")
    UNDONE = "undone", _("取消し済み")
    FAILED = "failed", _("取り込めません")


class ExportFormat(models.TextChoices):
    """What a list is written as."""

    XLSX = "xlsx", _("Excel（.xlsx）")
    UTF_8 = "utf8", _("CSV（UTF-8）")
    CP932 = "cp932", _("CSV（Shift_JIS・CP932）")


class ExportState(models.TextChoices):
    """Of a long list that the worker makes. `asking`: signs that CP932 does not have."""

    WAITING = "waiting", _("作成中")
    ASKING = "asking", _("文字を確かめる")
    READY = "ready", _("作成済み")
    FAILED = "failed", _("作成できません")


class ExportReason(models.TextChoices):
    """Why personal data leave."""

    ROSTER = "roster", _("名簿をつくる")
    CONTACT = "contact", _("連絡・発送")
    DECISION = "decision", _("抽選・選考の資料")
    REPORT = "report", _("集計・報告")
    REQUEST = "request", _("本人からの求め")
    REVIEW = "review", _("点検・監査")
    OTHER = "other", _("そのほか")
