"""団体: a civic group, who belongs to it, and the stages it has been at."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models.naming import katakana
from courses.models import Stage, Theme
from learning_paths.enums import (
    Assessor,
    GroupKind,
    GroupState,
    MemberRole,
    MembershipState,
)


class Group(models.Model):
    """`registered_until` is the last day of the fiscal year for which the city registered
    the group; none for groups whose registration has no end; `renewal_reminders` counts
    how often it was reminded of that day. What a contact says is
    shown only where its `shows_…` is set, which takes the moment of consent.
    """

    code = models.SlugField(_("団体番号"), max_length=20, unique=True)
    name = models.CharField(_("団体名"), max_length=120)
    name_kana = models.CharField(_("団体名（カナ）"), max_length=160, blank=True)
    kind = models.CharField(
        _("団体の種類"), max_length=15, choices=GroupKind, default=GroupKind.VOLUNTARY
    )
    activity = models.TextField(_("活動の内容"), blank=True, max_length=1000)
    themes = models.ManyToManyField(
        Theme, blank=True, related_name="civic_groups", verbose_name=_("活動の分野")
    )
    area = models.CharField(_("主な活動の地区"), max_length=40, blank=True)
    meets = models.CharField(_("活動日・場所"), max_length=200, blank=True)
    website = models.URLField(_("ウェブサイト"), max_length=500, blank=True)
    looks_for_members = models.BooleanField(_("会員を募集している"), default=False)
    contact_name = models.CharField(_("連絡先の名前"), max_length=80, blank=True)
    contact_phone = models.CharField(_("連絡先の電話"), max_length=20, blank=True)
    contact_email = models.EmailField(_("連絡先のメール"), blank=True)
    shows_contact_name = models.BooleanField(_("名前を公開する"), default=False)
    shows_contact_phone = models.BooleanField(_("電話を公開する"), default=False)
    shows_contact_email = models.BooleanField(_("メールを公開する"), default=False)
    contact_consented_at = models.DateTimeField(
        _("公開に同意した日時"), null=True, blank=True
    )
    state = models.CharField(
        _("登録状況"), max_length=12, choices=GroupState, default=GroupState.REGISTERED
    )
    registered_at = models.DateTimeField(_("登録日時"))
    registered_until = models.DateField(_("登録の期限"), null=True, blank=True)
    renewal_reminders = models.PositiveSmallIntegerField(default=0, editable=False)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("合併先"),
    )
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Membership", related_name="civic_groups"
    )

    class Meta:
        verbose_name = _("団体")
        verbose_name_plural = _("団体")
        ordering = ["name_kana", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=GroupState.values) & Q(kind__in=GroupKind.values),
                name="learning_paths_group_words_known",
            ),
            models.CheckConstraint(
                condition=Q(contact_consented_at__isnull=False)
                | Q(
                    shows_contact_name=False,
                    shows_contact_phone=False,
                    shows_contact_email=False,
                ),
                name="learning_paths_group_shows_contact_by_consent",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(state=GroupState.CLOSED),
                name="learning_paths_group_merged_is_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("group", args=[self.code])


class Membership(models.Model):
    """An invitation until it is taken up; `user` is set when it is.

    Somebody without an account is entered by staff with a name, and has a user from the
    day on which they take up an invitation of their own. By `key` the places in courses
    that the group asked for know the member, with an account or without.
    """

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
    )
    email = models.EmailField(_("メールアドレス"), blank=True)
    family_name = models.CharField(_("氏"), max_length=60, blank=True)
    given_name = models.CharField(_("名"), max_length=60, blank=True)
    family_name_kana = models.CharField(
        _("氏（カナ）"), max_length=60, blank=True, validators=[katakana]
    )
    given_name_kana = models.CharField(
        _("名（カナ）"), max_length=60, blank=True, validators=[katakana]
    )
    phone = models.CharField(_("電話番号"), max_length=20, blank=True)
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
                condition=~Q(state="left") & ~Q(email=""),
                name="learning_paths_membership_address_known_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="active") | Q(user__isnull=False) | ~Q(family_name=""),
                name="learning_paths_membership_active_is_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="invited") | ~Q(email=""),
                name="learning_paths_membership_invited_by_mail",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.email or self.full_name}"

    @property
    def full_name(self) -> str:
        """As the account says, else as staff wrote it down; empty while invited."""
        if self.user is not None:
            return self.user.get_full_name()
        return f"{self.family_name} {self.given_name}".strip()


class StageRecord(models.Model):
    """Where the group, or one of its activities, stood on a day, said by whom and why;
    never overwritten. `result` is the self-check that it was taken from."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="stage_records")
    stage = models.ForeignKey(
        Stage,
        on_delete=models.PROTECT,
        related_name="records",
        verbose_name=_("ステージ"),
    )
    activity = models.ForeignKey(
        "learning_paths.Activity",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="stage_records",
        verbose_name=_("活動"),
    )
    result = models.OneToOneField(
        "learning_paths.CheckResult",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="record",
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
