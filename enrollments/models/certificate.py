"""修了証の台帳: a numbered register, in which nothing is changed but revoked."""

from secrets import choice

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models import CourseRun, Series
from enrollments.enums import CertificateKind, CertificateStanding
from enrollments.models.application import Participant
from enrollments.models.completion import Completion

# None of these is taken for another of them; what is typed for them, as O for 0, is read
# back by `enrollments.domain.finishing.codes`.
CODE_SIGNS = "0123456789ACDEFGHJKMNPRTVWXY"
CODE_LENGTH = 16
OF_A_RUN = (CertificateKind.COMPLETION, CertificateKind.ATTENDANCE)


def new_verification_code() -> str:
    """The public address under which a certificate is verified; some 76 bits."""
    return "".join(choice(CODE_SIGNS) for _sign in range(CODE_LENGTH))


class CertificateRegister(models.Model):
    """The last number given in a fiscal year; whoever gives the next locks this row."""

    fiscal_year = models.PositiveSmallIntegerField(_("年度"), unique=True)
    last_serial = models.PositiveIntegerField(_("最後の番号"), default=0)

    class Meta:
        verbose_name = _("修了証の番号")
        verbose_name_plural = _("修了証の番号")

    def __str__(self) -> str:
        return str(self.fiscal_year)


class Certificate(models.Model):
    """What was printed is kept as it was printed. `serial` counts within `fiscal_year`;
    `replaces` is the one that this was issued again for.

    Of a run it names a participant. Of a series it is a person's: `participant` is the
    one whose completion was the last needed, `grounds` are all that it rests on, and
    `subject` tells the person within the series. Of a path it is a group's, which the
    app above knows by `subject`. `sessions_attended` of `sessions_held` are then units
    of the series, or steps of the path (ADR 38).
    """

    kind = models.CharField(
        _("種類"),
        max_length=12,
        choices=CertificateKind,
        default=CertificateKind.COMPLETION,
    )
    fiscal_year = models.PositiveSmallIntegerField(_("年度"))
    serial = models.PositiveIntegerField(_("番号"))
    code = models.CharField(
        max_length=16, unique=True, default=new_verification_code, editable=False
    )
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, null=True, related_name="certificates"
    )
    completion = models.ForeignKey(
        Completion,
        on_delete=models.SET_NULL,
        null=True,
        related_name="certificates",
    )
    run = models.ForeignKey(
        CourseRun, on_delete=models.PROTECT, null=True, related_name="certificates"
    )
    series = models.ForeignKey(
        Series, on_delete=models.PROTECT, null=True, related_name="certificates"
    )
    subject = models.CharField(max_length=80, blank=True, editable=False)
    grounds = models.ManyToManyField(Completion, related_name="series_certificates")
    holder = models.CharField(_("氏名"), max_length=130)
    course_title = models.CharField(_("講座名"), max_length=240)
    completed_on = models.DateField(_("修了日"))
    sessions_attended = models.PositiveSmallIntegerField(_("出席回数"), default=0)
    sessions_held = models.PositiveSmallIntegerField(_("開催回数"), default=0)
    issuer = models.CharField(_("発行者"), max_length=120, blank=True)
    section = models.CharField(_("担当課"), max_length=120, blank=True)
    issued_on = models.DateField(_("発行日"))
    issued_at = models.DateTimeField(_("発行日時"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
    )
    revoked_at = models.DateTimeField(_("取り消した日時"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    revoked_why = models.CharField(_("取り消しの理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("修了証")
        verbose_name_plural = _("修了証")
        ordering = ["-fiscal_year", "-serial"]
        constraints = [
            models.UniqueConstraint(
                fields=["fiscal_year", "serial"],
                name="enrollments_certificate_number_unique",
            ),
            models.UniqueConstraint(
                fields=["participant", "run", "kind"],
                condition=Q(revoked_at=None),
                name="enrollments_certificate_one_valid_of_a_kind",
            ),
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=Q(revoked_at=None) & ~Q(subject=""),
                name="enrollments_certificate_one_valid_of_a_subject",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OF_A_RUN, series=None, subject="")
                & Q(run__isnull=False, participant__isnull=False)
                | Q(kind=CertificateKind.SERIES, run=None, completion=None)
                & Q(series__isnull=False, participant__isnull=False)
                & ~Q(subject="")
                | Q(kind=CertificateKind.PATH, run=None, completion=None)
                & Q(series=None, participant=None)
                & ~Q(subject=""),
                name="enrollments_certificate_names_what_its_kind_needs",
            ),
            models.CheckConstraint(
                condition=~Q(kind=CertificateKind.COMPLETION)
                | Q(kind=CertificateKind.COMPLETION, completion__isnull=False)
                | Q(kind=CertificateKind.COMPLETION, revoked_at__isnull=False),
                name="enrollments_certificate_of_a_completion",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_why="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_why="")),
                name="enrollments_certificate_revoked_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"{self.fiscal_year}-{self.serial:05}"

    @property
    def is_of_group(self) -> bool:
        return self.kind == CertificateKind.PATH

    @property
    def standing(self) -> CertificateStanding:
        """`replaced_by` has to be fetched along, or costs a query."""
        if self.revoked_at is None:
            return CertificateStanding.VALID
        if getattr(self, "replaced_by", None) is not None:
            return CertificateStanding.REPLACED
        return CertificateStanding.REVOKED

    @property
    def shown_code(self) -> str:
        """In groups of four, as it is printed."""
        return "-".join(self.code[at : at + 4] for at in range(0, CODE_LENGTH, 4))
