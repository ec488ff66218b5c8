"""What a section chose once of a list, to be chosen again by name."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from cms.enums import ImportKind


class SavedChoice(models.Model):
    """An administrator's own stands under no section. Has a `kind`."""

    department = models.ForeignKey(
        Department, on_delete=models.CASCADE, null=True, related_name="+"
    )
    name = models.CharField(_("名前"), max_length=60)
    saved_at = models.DateTimeField(_("保存日時"))
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        abstract = True
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "department", "name"],
                name="%(app_label)s_%(class)s_name_once",
            ),
            models.UniqueConstraint(
                fields=["kind", "name"],
                condition=Q(department=None),
                name="%(app_label)s_%(class)s_name_once_for_all",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SavedMapping(SavedChoice):
    """Which column is which field, for the next file with the same heading."""

    kind = models.CharField(_("種類"), max_length=12, choices=ImportKind)
    mapping = models.JSONField(_("項目の対応"), default=dict)

    class Meta(SavedChoice.Meta):
        verbose_name = _("項目の対応")
        verbose_name_plural = _("項目の対応")


class SavedExport(SavedChoice):
    """Columns of a list, in their order."""

    kind = models.CharField(_("種類"), max_length=20)
    columns = models.JSONField(_("項目"), default=list)

    class Meta(SavedChoice.Meta):
        verbose_name = _("出力の項目")
        verbose_name_plural = _("出力の項目")
