"""Closed vocabularies about groups."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GroupState(models.TextChoices):
    REGISTERED = "registered", _("登録済み")
    CLOSED = "closed", _("登録終了")


class MemberRole(models.TextChoices):
    LEADER = "leader", _("代表")
    COORDINATOR = "coordinator", _("担当")
    MEMBER = "member", _("会員")


class MembershipState(models.TextChoices):
    INVITED = "invited", _("招待中")
    ACTIVE = "active", _("参加中")
    LEFT = "left", _("退会")


class Assessor(models.TextChoices):
    SELF = "self", _("自己申告")
    STAFF = "staff", _("職員")
    COORDINATOR = "coordinator", _("コーディネーター")
