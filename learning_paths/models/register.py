"""What stands in the register of groups beside its present facts: every change of state,
the yearly renewals, and what groups want to have changed on their page."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.trace import StateTrace
from learning_paths.enums import Decision, GroupState
from learning_paths.models.group import Group


class GroupMove(StateTrace):
    """The trace of a group's state; `from_state` is empty at the beginning."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="moves")
    from_state = models.CharField(max_length=12, choices=GroupState, blank=True)
    to_state = models.CharField(max_length=12, choices=GroupState)
    why = models.CharField(_("理由"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("登録の経過")
        verbose_name_plural = _("登録の経過")
        ordering = ["pk"]


class Wish(models.Model):
    """Something a group asks of the staff who keep the register."""

    decision = models.CharField(
        _("確認"), max_length=10, choices=Decision, default=Decision.OPEN
    )
    asked_at = models.DateTimeField(_("申請日時"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("確認日時"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    why = models.CharField(_("理由"), max_length=300, blank=True)

    class Meta:
        abstract = True
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision=Decision.OPEN, decided_at=None)
                | ~Q(decision=Decision.OPEN) & Q(decided_at__isnull=False),
                name="%(app_label)s_%(class)s_decided_at_a_moment",
            )
        ]


class Renewal(Wish):
    """更新: the registration for one more fiscal year."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="renewals")
    fiscal_year = models.PositiveSmallIntegerField(_("年度"))

    class Meta(Wish.Meta):
        verbose_name = _("更新の申請")
        verbose_name_plural = _("更新の申請")
        constraints = [
            *Wish.Meta.constraints,
            models.UniqueConstraint(
                fields=["group", "fiscal_year"],
                condition=Q(decision__in=[Decision.OPEN, Decision.APPROVED]),
                name="learning_paths_renewal_once_a_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.fiscal_year}"


class PageChange(Wish):
    """What the public shall read about a registered group, once staff have looked at it.

    `facts` holds the fields of `learning_paths.domain.facts.GroupFacts` by name.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="page_changes")
    facts = models.JSONField(_("新しい内容"))

    class Meta(Wish.Meta):
        verbose_name = _("紹介の変更")
        verbose_name_plural = _("紹介の変更")
        constraints = [
            *Wish.Meta.constraints,
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(decision=Decision.OPEN),
                name="learning_paths_pagechange_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.asked_at:%Y-%m-%d}"
