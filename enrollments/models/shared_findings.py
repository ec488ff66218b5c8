"""まとめ: what citizens and staff found together in a joint session, in versions that both
sides write and approve, and the next steps that are kept up afterwards."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models import Course, Session
from enrollments.enums import FindingsAct, SurveyAudience
from enrollments.models.application import Participant

SIDES = (SurveyAudience.CITIZENS, SurveyAudience.STAFF)


class SharedFindings(models.Model):
    """Of a session; those told before sessions were on record have their course and day
    only. `published` is the version that the public reads; later ones wait until both
    sides approve. `citizen` writes for the citizens; naming somebody anew changes
    `link_key`, so that the former secret link opens nothing."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    course = models.ForeignKey(
        Course, on_delete=models.PROTECT, related_name="shared_findings"
    )
    session = models.OneToOneField(
        Session,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="shared_findings",
    )
    held_on = models.DateField(_("開催した日"))
    topic = models.CharField(_("題名"), max_length=160, blank=True)
    citizen = models.ForeignKey(
        Participant,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("市民側で書く方"),
    )
    link_key = models.UUIDField(default=uuid4, editable=False)
    published = models.ForeignKey(
        "FindingsVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("公開している版"),
    )
    published_at = models.DateTimeField(_("公開日時"), null=True, blank=True)
    created_at = models.DateTimeField(_("作成日時"))

    class Meta:
        verbose_name = _("まとめ")
        verbose_name_plural = _("まとめ")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published=None, published_at=None)
                | Q(published__isnull=False, published_at__isnull=False),
                name="enrollments_findings_published_with_its_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.course} {self.held_on}"


class FindingsVersion(models.Model):
    """`content` has the shape of `enrollments.domain.shared_findings.content`. `author` is
    shown to both sides, never to the public."""

    findings = models.ForeignKey(
        SharedFindings, on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveIntegerField(_("版"))
    content = models.JSONField(_("内容"))
    side = models.CharField(_("立場"), max_length=10, choices=SurveyAudience)
    author = models.CharField(_("書いた人"), max_length=120, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(_("日時"))

    class Meta:
        verbose_name = _("まとめの版")
        verbose_name_plural = _("まとめの版")
        ordering = ["findings", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["findings", "number"], name="enrollments_findingsversion_once"
            ),
            models.CheckConstraint(
                condition=Q(side__in=SIDES), name="enrollments_findingsversion_side_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.findings} {self.number}"


class FindingsApproval(models.Model):
    """One side's consent to one version; the next version needs new ones."""

    version = models.ForeignKey(
        FindingsVersion, on_delete=models.CASCADE, related_name="approvals"
    )
    side = models.CharField(_("立場"), max_length=10, choices=SurveyAudience)
    author = models.CharField(_("承認した人"), max_length=120)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(_("日時"))

    class Meta:
        verbose_name = _("まとめの承認")
        verbose_name_plural = _("まとめの承認")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "side"], name="enrollments_findingsapproval_once"
            ),
            models.CheckConstraint(
                condition=Q(side__in=SIDES), name="enrollments_findingsapproval_side_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.side}"


class NextStep(models.Model):
    """A step as it is public: open until it is done. `key` is that of the step in the
    versions, so that a new version keeps what was done."""

    findings = models.ForeignKey(
        SharedFindings, on_delete=models.CASCADE, related_name="steps"
    )
    key = models.UUIDField(editable=False)
    position = models.PositiveSmallIntegerField(default=1)
    what = models.CharField(_("すること"), max_length=200)
    who = models.CharField(_("だれが"), max_length=80, blank=True)
    when = models.CharField(_("いつまでに"), max_length=60, blank=True)
    due_on = models.DateField(_("期限の日"), null=True, blank=True)
    done_on = models.DateField(_("できた日"), null=True, blank=True)
    note = models.CharField(_("その後"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("次の一歩")
        verbose_name_plural = _("次の一歩")
        ordering = ["findings", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["findings", "key"], name="enrollments_nextstep_once"
            )
        ]

    def __str__(self) -> str:
        return self.what


class FindingsTrace(models.Model):
    """What was done besides writing and approving."""

    findings = models.ForeignKey(
        SharedFindings, on_delete=models.CASCADE, related_name="traces"
    )
    act = models.CharField(_("したこと"), max_length=12, choices=FindingsAct)
    words = models.CharField(_("内容"), max_length=300, blank=True)
    side = models.CharField(_("立場"), max_length=10, choices=SurveyAudience)
    author = models.CharField(_("した人"), max_length=120)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(_("日時"))

    class Meta:
        verbose_name = _("まとめの記録")
        verbose_name_plural = _("まとめの記録")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(act__in=FindingsAct.values),
                name="enrollments_findingstrace_act_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.findings} {self.act}"
