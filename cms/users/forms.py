"""An account of somebody who works here. Passwords are set by their owners alone."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm

from accounts.domain.contact import tidy_email, tidy_kana, tidy_text
from accounts.domain.staff import assign_section, set_address
from accounts.enums import StaffRole
from accounts.models import Department, StaffProfile, User
from cms.permissions import ADMINISTRATORS, OFFICERS

NAMES = ("last_name", "first_name", "last_name_kana", "first_name_kana")


class _StaffFields(forms.Form):
    """What both forms have beside Wagtail's own fields; `by` is who fills them in."""

    password_enabled = False
    last_name = forms.CharField(label=_("氏"), max_length=60)
    first_name = forms.CharField(label=_("名"), max_length=60)
    last_name_kana = forms.CharField(label=_("氏（カナ）"), max_length=60, required=False)
    first_name_kana = forms.CharField(label=_("名（カナ）"), max_length=60, required=False)
    department = forms.ModelChoiceField(
        Department.objects.all(),
        label=_("担当課"),
        required=False,
        help_text=_("担当課のある人だけが、その課の講座を変更できます。"),
    )
    role = forms.ChoiceField(label=_("役割"), choices=StaffRole.choices, required=False)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _(
            "パスワードは、本人がサインインの画面の「パスワードを忘れたとき」から決めます。"
        )
        self.fields["groups"].label = _("権限")
        self.fields["groups"].queryset = Group.objects.filter(
            name__in=(OFFICERS, ADMINISTRATORS)
        )
        if not by.is_superuser:
            self.fields.pop("is_superuser", None)
        profile = StaffProfile.objects.filter(user=self.instance.pk).first()
        if profile is not None:
            self.fields["department"].initial = profile.department_id
            self.fields["role"].initial = profile.role

    def clean_email(self) -> str:
        return tidy_email(self.cleaned_data["email"])

    def clean_last_name(self) -> str:
        return tidy_text(self.cleaned_data["last_name"])

    def clean_first_name(self) -> str:
        return tidy_text(self.cleaned_data["first_name"])

    def clean_last_name_kana(self) -> str:
        return tidy_kana(self.cleaned_data["last_name_kana"])

    def clean_first_name_kana(self) -> str:
        return tidy_kana(self.cleaned_data["first_name_kana"])

    def save(self, commit: bool = True) -> User:
        """With section and address, which are rows of their own."""
        with transaction.atomic():
            new = self.instance.pk is None
            if new:
                self.instance.set_unusable_password()
            user: User = super().save(commit=commit)
            assign_section(
                user=user,
                department=self.cleaned_data["department"],
                role=StaffRole(self.cleaned_data["role"] or StaffRole.OFFICER),
            )
            set_address(user=user, email=self.cleaned_data["email"])
        return user


class StaffCreationForm(_StaffFields, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = {"email", "is_superuser", "groups", *NAMES}


class StaffEditForm(_StaffFields, UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = {"email", "is_active", "is_superuser", "groups", *NAMES}
