"""テーブル分け of a session: the tables, who sits where, and what was done by hand."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.trace import Trace
from courses.models import RunQuestion, Session
from enrollments.enums import FacilitatorKind, TableAct
from enrollments.models.application import Participant


class TablePlan(models.Model):
    """One per session. `seed` makes it again from the same people; `question` is what
    was asked when applying and is spread over the tables. `marks` are those of
    `enrollments.domain.tables.score`, as the plan stands: criterion, off, best."""

    session = models.OneToOneField(
        Session, on_delete=models.PROTECT, related_name="table_plan"
    )
    seed = models.CharField(max_length=32, editable=False)
    question = models.ForeignKey(
        RunQuestion,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("均等に分ける質問"),
    )
    marks = models.JSONField(default=list, editable=False)
    made_at = models.DateTimeField(_("作った日時"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("テーブル分け")
        verbose_name_plural = _("テーブル分け")

    def __str__(self) -> str:
        return str(self.session)


class SeatingTable(models.Model):
    """`facilitator` is whoever leads the talk there: staff, members of groups, others."""

    plan = models.ForeignKey(TablePlan, on_delete=models.CASCADE, related_name="tables")
    number = models.PositiveSmallIntegerField(_("番号"))
    facilitator = models.CharField(_("進行役"), max_length=80, blank=True)
    facilitator_kind = models.CharField(
        _("進行役の立場"), max_length=10, choices=FacilitatorKind, blank=True
    )

    class Meta:
        verbose_name = _("テーブル")
        verbose_name_plural = _("テーブル")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"], name="enrollments_seatingtable_number_unique"
            ),
            models.CheckConstraint(
                condition=Q(facilitator_kind__in=["", *FacilitatorKind.values]),
                name="enrollments_seatingtable_words_known",
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


class TableSeat(models.Model):
    """A seat that `is_locked` stays when the plan is made again."""

    plan = models.ForeignKey(TablePlan, on_delete=models.CASCADE, related_name="seats")
    table = models.ForeignKey(SeatingTable, on_delete=models.PROTECT, related_name="seats")
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="table_seats"
    )
    is_locked = models.BooleanField(_("固定"), default=False)

    class Meta:
        verbose_name = _("席")
        verbose_name_plural = _("席")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "participant"], name="enrollments_tableseat_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.participant}"


class TableMove(Trace):
    """The trace: what was done by whom. `people` says how many it concerned where it was
    not one; the numbers are those of tables."""

    plan = models.ForeignKey(TablePlan, on_delete=models.CASCADE, related_name="moves")
    act = models.CharField(_("したこと"), max_length=10, choices=TableAct)
    participant = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    from_number = models.PositiveSmallIntegerField(_("もとのテーブル"), null=True)
    to_number = models.PositiveSmallIntegerField(_("テーブル"), null=True)
    people = models.PositiveSmallIntegerField(_("人数"), default=1)

    class Meta:
        verbose_name = _("テーブル分けの記録")
        verbose_name_plural = _("テーブル分けの記録")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(act__in=TableAct.values),
                name="enrollments_tablemove_act_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.participant_id or self.people}"
