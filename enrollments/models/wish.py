"""知らせてほしい: people who asked to be told when a course is held again."""

from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models import Course, CourseRun


class HeldAgainWish(models.Model):
    """An address is written to only after its owner confirmed it through the mail's
    link, which is made from `public_id` as those of applications are. `told_run` is the
    offering they were told of last. The row is deleted when they no longer want it."""

    course = models.ForeignKey(
        Course, on_delete=models.CASCADE, related_name="held_again_wishes"
    )
    email = models.EmailField(_("メールアドレス"))
    language = models.CharField(_("言語"), max_length=10, default="ja")
    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(_("申し出た日時"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("確認した日時"), null=True, blank=True)
    told_run = models.ForeignKey(
        CourseRun, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    told_at = models.DateTimeField(_("知らせた日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("次の開催の知らせ")
        verbose_name_plural = _("次の開催の知らせ")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "email"], name="enrollments_heldagainwish_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.course)


class KnownRun(models.Model):
    """An offering that the person knows of: it stood on the page when they asked, or
    they were told. What `awaits_opening` is told when its applications open."""

    wish = models.ForeignKey(
        HeldAgainWish, on_delete=models.CASCADE, related_name="known_runs"
    )
    run = models.ForeignKey(CourseRun, on_delete=models.CASCADE, related_name="+")
    awaits_opening = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("知っている開催")
        verbose_name_plural = _("知っている開催")
        constraints = [
            models.UniqueConstraint(
                fields=["wish", "run"], name="enrollments_knownrun_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.run)
