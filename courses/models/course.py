"""講座: the lasting thing that is offered again and again."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from courses.enums import CourseKind, PartnerRelation
from courses.models.people import Instructor, Partner
from courses.models.querysets import CourseQuerySet
from courses.models.taxonomy import Audience, Competency, Stage, Theme


class Course(models.Model):
    """A course's facts; its prose is a page of the layer above.

    `published_at` is the moment its page went live and `withdrawn_at` the moment
    its last page was taken down: feeds go on telling subscribers about a course
    that was public once.
    """

    slug = models.SlugField(
        _("アドレス名"), max_length=100, unique=True, allow_unicode=True
    )
    title = models.CharField(_("講座名"), max_length=160)
    title_kana = models.CharField(_("講座名（カナ）"), max_length=200, blank=True)
    title_en = models.CharField(_("講座名（英語）"), max_length=200, blank=True)
    summary = models.CharField(_("ひとことで"), max_length=200, blank=True)
    kind = models.CharField(
        _("種別"), max_length=20, choices=CourseKind, default=CourseKind.COURSE
    )
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        related_name="courses",
        verbose_name=_("担当課"),
    )
    stages = models.ManyToManyField(
        Stage, blank=True, related_name="courses", verbose_name=_("ステージ")
    )
    themes = models.ManyToManyField(
        Theme, blank=True, related_name="courses", verbose_name=_("テーマ")
    )
    audiences = models.ManyToManyField(
        Audience, blank=True, related_name="courses", verbose_name=_("対象の区分")
    )
    co_hosts = models.ManyToManyField(
        Department,
        blank=True,
        related_name="co_hosted_courses",
        verbose_name=_("いっしょに行う課"),
    )
    competencies = models.ManyToManyField(
        Competency, blank=True, related_name="courses", verbose_name=_("力量")
    )
    instructors = models.ManyToManyField(
        Instructor, blank=True, related_name="courses", verbose_name=_("講師")
    )
    partners = models.ManyToManyField(
        Partner, through="CoursePartner", blank=True, related_name="courses"
    )
    import_key = models.CharField(
        _("取込みの目印"), max_length=120, null=True, blank=True, unique=True
    )
    published_at = models.DateTimeField(_("公開日時"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("公開終了日時"), null=True, blank=True)
    created_at = models.DateTimeField(_("作成日時"), default=timezone.now)

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("講座")
        verbose_name_plural = _("講座")
        ordering = ["title_kana", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=CourseKind.values),
                name="courses_course_kind_known",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True)
                | models.Q(published_at__isnull=False),
                name="courses_course_withdrawn_after_published",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        name = "joint_session" if self.is_joint else "course"
        return reverse(name, args=[self.slug])

    @property
    def is_joint(self) -> bool:
        return self.kind == CourseKind.JOINT_SESSION

    @property
    def address(self) -> str:
        """Where its page stands, below the site's front page in any language."""
        return f"{'joint' if self.is_joint else 'courses'}/{self.slug}/"

    @property
    def is_public(self) -> bool:
        return self.published_at is not None and self.withdrawn_at is None


class CoursePartner(models.Model):
    course = models.ForeignKey(
        Course, on_delete=models.CASCADE, related_name="partnerships"
    )
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="partnerships"
    )
    relation = models.CharField(_("関係"), max_length=20, choices=PartnerRelation)

    class Meta:
        verbose_name = _("主催・共催など")
        verbose_name_plural = _("主催・共催など")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "partner", "relation"],
                name="courses_coursepartner_unique",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_relation_display()} {self.partner}"


class FormerSlug(models.Model):
    """An address that the course had: it leads on to the present one, and no other
    course may take it, as somebody may have it in a calendar or on paper."""

    slug = models.SlugField(
        _("アドレス名"), max_length=100, unique=True, allow_unicode=True
    )
    course = models.ForeignKey(
        Course, on_delete=models.CASCADE, related_name="former_slugs"
    )

    class Meta:
        verbose_name = _("以前のアドレス名")
        verbose_name_plural = _("以前のアドレス名")

    def __str__(self) -> str:
        return self.slug
