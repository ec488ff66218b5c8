"""取込み待ちの一覧: an event list that somebody uploaded and has not yet decided about."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.domain.sections import section_of
from accounts.models import Department


class EventListUploadQuerySet(models.QuerySet["EventListUpload"]):
    def of(self, user: Any) -> EventListUploadQuerySet:
        """Those of the person's section; administrators see all."""
        if user.is_active and user.is_superuser:
            return self
        section = section_of(user)
        return self.filter(department=section) if section else self.none()

    def waiting(self, at: datetime) -> EventListUploadQuerySet:
        return self.filter(applied_at__isnull=True, expires_at__gt=at)

    def expired(self, at: datetime) -> EventListUploadQuerySet:
        return self.filter(applied_at__isnull=True, expires_at__lte=at)


class EventListUpload(models.Model):
    """The file itself is kept in the database, so that no address leads to it and every
    web process finds it; it goes when the list was taken over or was not for a week.

    `key` comes with the form: the same form sent twice is one upload. `department` none
    lets each course go to the section that the list names. `outcome` holds the keys of
    the courses that were made and changed.
    """

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    file_name = models.CharField(_("ファイル名"), max_length=120)
    content = models.BinaryField(null=True)
    department = models.ForeignKey(
        Department,
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("担当課"),
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("選んだ人"),
    )
    uploaded_at = models.DateTimeField(_("選んだ日時"))
    expires_at = models.DateTimeField(_("消える日時"))
    applied_at = models.DateTimeField(_("取り込んだ日時"), null=True)
    outcome = models.JSONField(_("結果"), default=dict)

    objects = EventListUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("イベント一覧の取込み")
        verbose_name_plural = _("イベント一覧の取込み")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(applied_at__isnull=True) | Q(content__isnull=True),
                name="cms_eventlistupload_content_goes_when_applied",
            )
        ]

    def __str__(self) -> str:
        return self.file_name
