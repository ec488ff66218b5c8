"""団体: a civic group, who belongs to it, and the stages it has been at."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.models import Stage
from learning_paths.enums import Assessor, GroupState, MemberRole, MembershipState


class Group(models.Model):
    code = models.SlugField(_("団体番号"), max_length=20, unique=True)
    name = models.CharField(_("団体名"), max_length=120)
    name_kana = models.CharField(_("団体名（カナ）"), max_length=160, blank=True)
    activity = models.TextField(_("活動の内容"), blank=True, max_length=1000)
    state = models.CharField(
        _("登録状況"), max_length=12, choices=GroupState, default=GroupState.REGISTERED
    )
    registered_at = models.DateTimeField(_("登録日時"))
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Membership", related_name="civic_groups"
    )

    class Meta:
        verbose_name = _("団体")
        verbose_name_plural = _("団体")
        ordering = ["name_kana", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("group", args=[self.code])


class Membership(models.Model):
    """An invitation until it is taken up; `user` is set when it is. By `key` the places
    in courses that the group asked for know the member, with an account or without."""

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
    )
    email = models.EmailField(_("メールアドレス"))
    role = models.CharField(
        _("役割"), max_length=12, choices=MemberRole, default=MemberRole.MEMBER
    )
    state = models.CharField(
        _("状態"),
        max_length=10,
        choices=MembershipState,
        default=MembershipState.INVITED,
    )
    invited_at = models.DateTimeField(_("招待日時"))
    joined_at = models.DateTimeField(_("参加日時"), null=True, blank=True)
    left_at = models.DateTimeField(_("退会日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("会員")
        verbose_name_plural = _("会員")
        ordering = ["invited_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "user"],
                condition=~Q(state="left"),
                name="learning_paths_membership_person_once",
            ),
            models.UniqueConstraint(
                fields=["group", "email"],
                condition=~Q(state="left"),
                name="learning_paths_membership_address_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="active") | Q(user__isnull=False),
                name="learning_paths_membership_active_has_user",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.email}"


class StageRecord(models.Model):
    """Where the group stood on a day, said by whom and why; never overwritten."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="stage_records")
    stage = models.ForeignKey(
        Stage,
        on_delete=models.PROTECT,
        related_name="records",
        verbose_name=_("ステージ"),
    )
    as_of = models.DateField(_("時点"))
    assessor = models.CharField(
        _("記録した人"), max_length=12, choices=Assessor, default=Assessor.SELF
    )
    basis = models.CharField(_("そう考えた理由"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("記録日時"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("ステージの記録")
        verbose_name_plural = _("ステージの記録")
        ordering = ["-as_of", "-recorded_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.group} {self.stage} {self.as_of}"
