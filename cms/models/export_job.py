"""出力 of a long list: who wants what and why, and for a day the file."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from cms.enums import ExportFormat, ExportState
from courses.models import CourseRun


class ExportJob(models.Model):
    """The file is kept in the database, so that no address leads to it but through its
    maker's own page, and goes with `expires_at`. `missing` are the first signs that CP932
    does not have. `claim` is the worker's that is making it, and alive while `claimed_at`
    is recent.
    """

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(_("種類"), max_length=20)
    run = models.ForeignKey(
        CourseRun, on_delete=models.CASCADE, null=True, related_name="+"
    )
    department = models.ForeignKey(
        Department, on_delete=models.CASCADE, null=True, related_name="+"
    )
    fiscal_year = models.PositiveSmallIntegerField(_("年度"), null=True)
    columns = models.JSONField(_("項目"), default=list)
    format = models.CharField(_("ファイルの形"), max_length=10, choices=ExportFormat)
    reason = models.CharField(_("出力する理由"), max_length=200, blank=True)
    replaces_signs = models.BooleanField(default=False)
    state = models.CharField(
        _("状況"), max_length=10, choices=ExportState, default=ExportState.WAITING
    )
    total = models.PositiveIntegerField(_("行数"), default=0)
    missing = models.JSONField(default=list)
    failure = models.TextField(_("止まった理由"), blank=True)
    file_name = models.CharField(_("ファイル名"), max_length=120, blank=True)
    content = models.BinaryField(null=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    asked_at = models.DateTimeField(_("日時"))
    expires_at = models.DateTimeField(_("消える日時"))
    claim = models.UUIDField(null=True, editable=False)
    claimed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("出力の作業")
        verbose_name_plural = _("出力の作業")
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=ExportState.values)
                & Q(format__in=ExportFormat.values),
                name="cms_exportjob_words_known",
            ),
            models.CheckConstraint(
                condition=Q(state=ExportState.READY) | Q(content=None),
                name="cms_exportjob_file_when_ready",
            ),
        )

    def __str__(self) -> str:
        return str(self.key)
