"""Instructors in the back office. What is internal says so; approval is no field here."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from accounts.forms.fields import EmailField, KanaField, PhoneField, plausible
from accounts.forms.grouped import Group, groups_of
from courses.domain.areas import WHOLE_CITY, several_areas
from courses.forms.areas import offer_areas
from courses.models import Instructor, Theme

KANA = ("family_name_kana", "given_name_kana")


class InstructorForm(WagtailAdminModelForm):
    """Consent is recorded by its own act, so it is not among the model's fields."""

    themes = forms.ModelMultipleChoiceField(
        Theme.objects.filter(parent__isnull=False),
        label=_("教えられるテーマ"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    areas = forms.MultipleChoiceField(
        label=_("対応できる地区"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("地区は、会場の一覧にあるものです。"),
    )
    consents_to_publish = forms.BooleanField(
        label=_("公開に同意している"),
        required=False,
        help_text=_(
            "氏名・肩書・紹介を公開ページに出すことへの同意です。外すと、名前は公開ページ"
            "からすぐに消え、承認も取り消されます。"
        ),
    )
    consented_on = forms.DateField(
        label=_("同意した日"),
        required=False,
        validators=[plausible],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("空けておくと、今日の日付を記録します。"),
    )

    contact_email = EmailField(
        label=_("メールアドレス"),
        required=False,
        help_text=_("講師への依頼を取り次ぐときに使います。公開ページには出ません。"),
    )
    contact_phone = PhoneField(
        label=_("電話番号"),
        required=False,
        max_length=20,
        help_text=_("公開ページには出ません。"),
    )

    class Meta:
        model = Instructor
        fields = [
            "family_name",
            "given_name",
            "family_name_kana",
            "given_name_kana",
            "title",
            "profile",
            "themes",
            "areas",
            "is_local_talent",
            "contact_email",
            "contact_phone",
            "fee_note",
            "staff_note",
        ]
        widgets = {
            "profile": forms.Textarea(attrs={"rows": 4}),
            "staff_note": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "is_local_talent": _("教えてもよいと申し出た市民の方です。"),
            "fee_note": _("公開ページには出ません。"),
            "staff_note": _("公開ページには出ません。本人が見ることも考えて書きます。"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.instance
        self.fields["consents_to_publish"].initial = person.consents_to_publish
        self.fields["consented_on"].initial = person.consented_on
        said = several_areas(person.areas)
        offer_areas(self.fields["areas"], first=WHOLE_CITY, now=said)
        self.initial["areas"] = said
        for name in KANA:
            self.fields[name] = KanaField(label=self.fields[name].label, max_length=60)

    def clean_areas(self) -> str:
        """As they are kept: 桜台、中央."""
        return "、".join(self.cleaned_data["areas"])

    @property
    def grouped(self) -> list[Group]:
        return groups_of(
            self,
            (
                (_("氏名"), ("family_name", "given_name", *KANA, "title", "profile")),
                (_("教える内容"), ("themes", "areas", "is_local_talent")),
                (_("公開への同意"), ("consents_to_publish", "consented_on")),
                (
                    _("内部の記録"),
                    ("contact_email", "contact_phone", "fee_note", "staff_note"),
                ),
            ),
        )


class DayForm(forms.Form):
    """Which day of a calendar is shown; nonsense is today."""

    day = forms.DateField(
        label=_("日付"),
        required=False,
        validators=[plausible],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
