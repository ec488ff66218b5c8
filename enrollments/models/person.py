"""Who applied, without the name: for one place per run, and for who came before."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.trace import Trace
from courses.models import CourseRun
from enrollments.models.application import Application


class PersonClaim(models.Model):
    """A person's one live place in a run's list.

    Written when an application becomes live and removed when it ends: the
    database refuses a second live application of the same person. `key` is a
    digest (see `enrollments.domain.identity`), so the table names nobody.
    """

    run = models.ForeignKey(CourseRun, on_delete=models.PROTECT, related_name="claims")
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="claims"
    )
    key = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("重複申込みの目印")
        verbose_name_plural = _("重複申込みの目印")
        constraints = [
            models.UniqueConstraint(
                fields=["run", "key"], name="enrollments_one_live_application_per_person"
            )
        ]

    def __str__(self) -> str:
        return self.key[:8]


class PersonKey(models.Model):
    """The digests of an application's person (see `enrollments.domain.identity`), kept
    after it has ended: whether somebody comes for the first time, or lost before."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="person_keys"
    )
    key = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("同じ方の目印")
        verbose_name_plural = _("同じ方の目印")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "key"], name="enrollments_personkey_once"
            )
        ]
        indexes = [models.Index(fields=["key"], name="enrollments_personkey_key")]

    def __str__(self) -> str:
        return self.key[:8]


class NamesakeRuling(Trace):
    """An officer found that one reading stands for different people in these applications
    of a run. `key` is the digest of the reading, so the table names nobody."""

    run = models.ForeignKey(CourseRun, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    applications = models.ManyToManyField(Application, related_name="namesake_rulings")
    why = models.CharField(_("理由"), max_length=200)

    class Meta:
        verbose_name = _("同じ読みの方の確認")
        verbose_name_plural = _("同じ読みの方の確認")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(why=""), name="enrollments_namesakes_say_why"
            )
        ]
        indexes = [models.Index(fields=["run", "key"], name="enrollments_namesakes")]

    def __str__(self) -> str:
        return self.key[:8]
