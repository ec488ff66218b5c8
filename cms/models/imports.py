"""取込み: a file that somebody uploaded, what it would do row by row, and what it did."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.domain.sections import section_of
from accounts.models import Department
from cms.enums import ImportKind, ImportState
from courses.enums import RowOutcome
from courses.models import CourseRun


class ImportUploadQuerySet(models.QuerySet["ImportUpload"]):
    def of(self, user: Any) -> ImportUploadQuerySet:
        """Those of the person's section; administrators see all."""
        if user.is_active and user.is_superuser:
            return self
        section = section_of(user)
        return self.filter(department=section) if section else self.none()


class ImportUpload(models.Model):
    """The file is kept in the database, so that no address leads to it and every process
    finds it; it goes when it was taken over, and with `expires_at`.

    `key` comes with the form: the same form sent twice is one upload. `mapping` leads from
    column to field, `reading` says how the rows are found, `mark` tells the plan that was
    seen from another, `done` of `total` is how far the work has come. `run` is where
    applications and attendance go to. `blocked` are lines that a rule refused while they
    were applied, with its sentence. `claim` is the worker's that is planning now, and
    alive while `claimed_at` is recent. `fingerprint` is that of the content.
    """

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(_("種類"), max_length=12, choices=ImportKind)
    state = models.CharField(
        _("状況"), max_length=10, choices=ImportState, default=ImportState.UPLOADED
    )
    file_name = models.CharField(_("ファイル名"), max_length=120)
    content = models.BinaryField(null=True)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    reading = models.JSONField(_("読み方"), default=dict)
    header = models.JSONField(_("見出し"), default=list)
    mapping = models.JSONField(_("項目の対応"), default=dict)
    tells_people = models.BooleanField(_("お知らせを送る"), default=False)
    department = models.ForeignKey(
        Department,
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("担当課"),
    )
    run = models.ForeignKey(
        CourseRun, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    counts = models.JSONField(_("件数"), default=dict)
    mark = models.CharField(max_length=64, blank=True)
    total = models.PositiveIntegerField(_("行数"), default=0)
    done = models.PositiveIntegerField(_("済んだ行数"), default=0)
    failure = models.TextField(_("止まった理由"), blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("選んだ人"),
    )
    uploaded_at = models.DateTimeField(_("選んだ日時"))
    expires_at = models.DateTimeField(_("消える日時"))
    blocked = models.JSONField(default=dict, editable=False)
    passed_over = models.JSONField(_("読みとばした行"), default=list)
    claim = models.UUIDField(null=True, editable=False)
    claimed_at = models.DateTimeField(null=True, editable=False)
    applied_at = models.DateTimeField(_("取り込んだ日時"), null=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(_("取り消した日時"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = ImportUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("取込み")
        verbose_name_plural = _("取込み")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ImportKind.values) & Q(state__in=ImportState.values),
                name="cms_importupload_words_known",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(applied_at__isnull=False),
                name="cms_importupload_undone_after_applied",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """One line of a file: what would be done, or why nothing; then what was made.

    `line` counts as a spreadsheet does, `cells` are as written. `changes` are field →
    [before, after] in words for people. `made` is what undoing needs: which rows, and
    what they were.
    """

    upload = models.ForeignKey(ImportUpload, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField(_("行"))
    outcome = models.CharField(_("結果"), max_length=10, choices=RowOutcome)
    label = models.CharField(_("見出し"), max_length=200, blank=True)
    reason = models.TextField(_("理由"), blank=True)
    notes = models.JSONField(_("確かめてほしいこと"), default=list)
    cells = models.JSONField(_("内容"), default=list)
    changes = models.JSONField(_("変更"), default=dict)
    made = models.JSONField(default=list, editable=False)

    class Meta:
        verbose_name = _("取込みの行")
        verbose_name_plural = _("取込みの行")
        ordering = ["upload", "line"]
        constraints = [
            models.UniqueConstraint(
                fields=["upload", "line"], name="cms_importrow_line_once"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=RowOutcome.values),
                name="cms_importrow_outcome_known",
            ),
        ]
        indexes = [
            models.Index(fields=["upload", "outcome", "line"], name="cms_importrow_shown")
        ]

    def __str__(self) -> str:
        return f"{self.upload_id}:{self.line}"
