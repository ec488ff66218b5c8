"""Forms about requests to instructors: shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import (
    EmailField,
    FormKeyField,
    NameField,
    OwnEmailField,
    OwnPhoneField,
    PhoneField,
)
from accounts.forms.trap import TrapForm
from courses.domain.talent import on_the_register
from courses.models import Instructor
from learning_paths.domain.instructor_requests.asking import Wanted


class WantedForm(forms.Form):
    """What is asked, as staff enter it."""

    name = NameField(
        label=_("お名前"),
        max_length=80,
        error_messages={"required": _("お名前を入力してください。")},
    )
    organisation = NameField(label=_("団体・学校など"), required=False, max_length=120)
    email = EmailField(label=_("メールアドレス"), required=False)
    phone = PhoneField(label=_("電話番号"), required=False)
    purpose = forms.CharField(
        label=_("お願いしたいこと"),
        help_text=_("だれに、何を、どんなふうに。600文字まで。"),
        max_length=600,
        error_messages={"required": _("お願いしたいことを入力してください。")},
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    dates = forms.CharField(
        label=_("希望の日時"),
        help_text=_("いくつかあると決まりやすくなります。"),
        max_length=300,
        error_messages={"required": _("希望の日時を入力してください。")},
    )
    place = forms.CharField(
        label=_("場所"),
        max_length=160,
        error_messages={"required": _("場所を入力してください。")},
    )
    people = forms.IntegerField(
        label=_("人数"),
        min_value=1,
        max_value=9999,
        error_messages={"required": _("人数を入力してください。")},
    )
    fee_idea = forms.CharField(
        label=_("謝金の考え"),
        help_text=_("例：1回1万円まで、交通費だけ。相談してから決めることもできます。"),
        required=False,
        max_length=120,
    )
    form_key = FormKeyField()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        wrong = {"email", "phone"} & set(self.errors)
        if not wrong and not said.get("email") and not said.get("phone"):
            words = _("メールアドレスか電話番号の、どちらかを入力してください。")
            self.add_error("email", words)
        return said

    def wanted(self) -> Wanted:
        names = Wanted.__dataclass_fields__
        return Wanted(**{name: self.cleaned_data[name] for name in names})


class InstructorRequestForm(WantedForm, TrapForm):
    """From the public."""

    email = OwnEmailField(label=_("メールアドレス"), required=False)
    phone = OwnPhoneField(label=_("電話番号"), required=False)
    agrees = forms.BooleanField(
        label=_("講師が引き受けたときに、わたしの連絡先を講師に知らせることに同意します。"),
        error_messages={
            "required": _("講師に取り次ぐには、連絡先を知らせることへの同意が必要です。")
        },
    )

    def shown(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name != "homepage"]


class InstructorChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Instructor) -> str:
        return f"{obj.full_name}（{obj.title}）" if obj.title else obj.full_name


class EnterForm(WantedForm):
    instructor = InstructorChoice(label=_("講師"), queryset=Instructor.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["instructor"]
        field.queryset = on_the_register()
        self.order_fields(["instructor"])


class ForwardForm(forms.Form):
    instructor = InstructorChoice(label=_("講師"), queryset=Instructor.objects.none())
    address = EmailField(
        label=_("講師のメールアドレス"),
        required=False,
        help_text=_(
            "空けておくと、選んだ講師の台帳のアドレスに送ります。依頼した方には知らせません。"
        ),
    )
    note = forms.CharField(
        label=_("市からのひとこと"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["instructor"]
        field.queryset = on_the_register()


class AnswerForm(forms.Form):
    words = forms.CharField(
        label=_("ひとこと（依頼した方と市に伝えます）"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
