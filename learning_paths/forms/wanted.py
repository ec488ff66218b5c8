"""What somebody wants to learn, and わたしも."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import EmailField, FormKeyField, OwnEmailField, PhoneField
from accounts.forms.trap import TrapForm
from accounts.models import User
from courses.forms.areas import offer_areas
from courses.models import Audience, Theme
from enrollments.enums import Channel
from learning_paths.domain.queries import groups_of
from learning_paths.domain.wanted.facts import WantedFacts
from learning_paths.enums import GroupState, RequestState, SuitableTime
from learning_paths.models import Group, LearningRequest

LEAVES = Theme.objects.filter(parent__isnull=False)
ON_PAPER = (Channel.PHONE, Channel.COUNTER, Channel.FAX, Channel.POSTCARD, Channel.MAIL)
FACTS = ("title", "detail", "theme", "audience", "area", "people", "suits")


def paper_choices() -> list[tuple[str, Any]]:
    return [(channel.value, channel.label) for channel in ON_PAPER]


class LabelledField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.label)


class FactsForm(forms.Form):
    """The wish itself; the rules are in `learning_paths.domain.wanted`."""

    title = forms.CharField(
        label=_("学びたいこと"),
        max_length=80,
        help_text=_("例：地震のときのペットの避難"),
        error_messages={"required": _("学びたいことを入力してください。")},
    )
    detail = forms.CharField(
        label=_("くわしく"),
        max_length=1000,
        required=False,
        help_text=_("だれでも見られます。個人の名前や連絡先は書かないでください。"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    theme = LabelledField(
        label=_("テーマ"), queryset=LEAVES, required=False, empty_label=_("わからない")
    )
    audience = LabelledField(
        label=_("だれのため"),
        queryset=Audience.objects.all(),
        required=False,
        empty_label=_("どなたでも"),
    )
    area = forms.ChoiceField(
        label=_("地区"),
        required=False,
        help_text=_("学びに行きやすい地区があれば選びます。"),
    )
    people = forms.IntegerField(
        label=_("いっしょに学ぶ人数"),
        required=False,
        min_value=1,
        max_value=1000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    suits = forms.MultipleChoiceField(
        label=_("都合のよいとき"),
        choices=SuitableTime.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = self.initial.get("area", "")
        offer_areas(self.fields["area"], now=[now], empty=_("どこでも"))

    def facts(self) -> WantedFacts:
        """Call only on a valid form."""
        return WantedFacts(**{name: self.cleaned_data[name] for name in FACTS})


class WantedForm(FactsForm, TrapForm):
    """By a resident: signed in for oneself or a group, or by mail."""

    email = OwnEmailField(
        label=_("メールアドレス"),
        help_text=_("確認のメールを送ります。市からの答えをお知らせするために使います。"),
    )
    group = forms.ModelChoiceField(
        label=_("団体として希望する"),
        queryset=Group.objects.none(),
        required=False,
        empty_label=_("個人として"),
    )
    form_key = FormKeyField(initial=uuid4)

    def __init__(self, *args: Any, user: User | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = _groups(user)
        if own:
            self.fields["group"].queryset = Group.objects.filter(pk__in=own)
        else:
            del self.fields["group"]

    def without_address(self) -> None:
        """For accounts of which an address is confirmed."""
        del self.fields["email"]


class JoinForm(TrapForm):
    email = OwnEmailField(label=_("メールアドレス"))


class EnteredForm(FactsForm):
    """By staff, for somebody who telephoned or came."""

    name = forms.CharField(label=_("お名前"), max_length=80)
    phone = PhoneField(label=_("電話番号"), required=False)
    email = EmailField(label=_("メールアドレス"), required=False)
    channel = forms.ChoiceField(label=_("受付方法"), choices=paper_choices)
    form_key = FormKeyField(initial=uuid4)


class VoiceForm(forms.Form):
    """わたしも, by telephone."""

    name = forms.CharField(label=_("お名前"), max_length=80)
    phone = PhoneField(label=_("電話番号"))
    channel = forms.ChoiceField(label=_("受付方法"), choices=paper_choices)


class RequestFilterForm(forms.Form):
    """Of the public list; anything senseless is as if it were not said."""

    theme = forms.ModelChoiceField(
        LEAVES, required=False, to_field_name="key", label=_("テーマ")
    )
    state = forms.ChoiceField(
        choices=[("", _("すべて")), *RequestState.choices], required=False
    )
    q = forms.CharField(max_length=80, required=False)

    def wanted(self) -> dict[str, str]:
        self.is_valid()
        found = getattr(self, "cleaned_data", {})
        theme = found.get("theme")
        return {
            "theme": theme.key if theme else "",
            "state": found.get("state") or "",
            "words": found.get("q") or "",
        }


def facts_initial(request: LearningRequest) -> dict[str, Any]:
    return {name: getattr(request, name) for name in FACTS}


def _groups(user: User | None) -> list[int]:
    if user is None:
        return []
    return [
        membership.group_id
        for membership in groups_of(user)
        if membership.group.state == GroupState.REGISTERED
    ]
