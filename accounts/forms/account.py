"""Forms about an account."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.domain.contact import tidy_kana, tidy_text
from accounts.forms.fields import OwnPhoneField, kana_typed, no_link
from accounts.models import ResidentProfile, User
from accounts.models.naming import katakana


class SignupForm(forms.Form):
    """allauth adds address and password; a name is asked for when it is needed."""

    def signup(self, request: HttpRequest, user: User) -> None:
        """Nothing more is kept at sign-up."""


class ProfileForm(forms.ModelForm):
    """Name and telephone, to be filled in once and offered by every form."""

    phone = OwnPhoneField(label=_("電話番号"), required=False)

    class Meta:
        model = User
        fields = ("last_name", "first_name", "last_name_kana", "first_name_kana")
        widgets = {
            "last_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.Meta.fields:
            self.fields[name].required = True
            checks = self.fields[name].validators
            self.fields[name].validators = [
                *(check for check in checks if check is not katakana),
                no_link,
            ]
        profile = ResidentProfile.objects.filter(user=self.instance.pk).first()
        self.fields["phone"].initial = profile.phone if profile else ""

    def clean_last_name(self) -> str:
        return tidy_text(self.cleaned_data["last_name"])

    def clean_first_name(self) -> str:
        return tidy_text(self.cleaned_data["first_name"])

    def clean_last_name_kana(self) -> str:
        return self._kana("last_name_kana")

    def clean_first_name_kana(self) -> str:
        return self._kana("first_name_kana")

    def _kana(self, name: str) -> str:
        kana = tidy_kana(self.cleaned_data[name])
        kana_typed(kana)
        return kana

    def save(self, commit: bool = True) -> User:
        user: User = super().save(commit=commit)
        ResidentProfile.objects.update_or_create(
            user=user, defaults={"phone": self.cleaned_data["phone"]}
        )
        return user
