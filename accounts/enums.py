"""Closed vocabularies about people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Residency(models.TextChoices):
    """区分: how somebody belongs to the city."""

    RESIDENT = "resident", _("市内在住")
    WORKER = "worker", _("市内在勤")
    STUDENT = "student", _("市内在学")
    OTHER = "other", _("その他")


class StaffRole(models.TextChoices):
    OFFICER = "officer", _("担当者")
    HEAD = "head", _("課長・責任者")


class AccessKind(models.TextChoices):
    READ = "read", _("閲覧")
    EXPORT = "export", _("出力")


class ConsentChannel(models.TextChoices):
    WEB = "web", _("ウェブ")
    PAPER = "paper", _("書面")
    SPOKEN = "spoken", _("口頭")
