"""Asking for an outreach lecture, and its dates."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal
from accounts.forms.fields import FormKeyField, OwnEmailField, OwnPhoneField, plausible
from accounts.forms.trap import TrapForm
from accounts.models import User
from courses.domain.fiscal_year import TOKYO
from learning_paths.domain.outreach import refusals
from learning_paths.domain.outreach.asking import Asked
from learning_paths.domain.outreach.dates import MOST_DATES
from learning_paths.domain.queries import groups_of
from learning_paths.enums import GroupState
from learning_paths.forms.wanted import paper_choices
from learning_paths.models import Group, OutreachEntry

NUMBERS = range(1, MOST_DATES + 1)
AT_FIELDS: dict[type[Refusal], str] = {
    refusals.TooFewPeople: "people",
    refusals.NotProper: "is_proper",
    refusals.NoWayToTell: "phone",
    refusals.TooSoon: "day_%d",
    refusals.NotOnThatDay: "day_%d",
    refusals.NotAtThatTime: "time_%d",
    refusals.DateMissing: "day_1",
    refusals.SameDateTwice: "day_2",
    refusals.DateIsOver: "day_1",
}


class DatesForm(forms.Form):
    """Up to three beginnings; a day without a time, or the reverse, is said to be so."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in NUMBERS:
            day = forms.DateField(
                label=_("第%(n)d希望の日") % {"n": number},
                required=number == 1,
                validators=[plausible],
                error_messages={"required": _("希望の日を入力してください。")},
                widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            )
            moment = forms.TimeField(
                label=_("第%(n)d希望の始まり") % {"n": number},
                required=number == 1,
                error_messages={"required": _("始まりの時刻を入力してください。")},
                widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            )
            self.fields |= {f"day_{number}": day, f"time_{number}": moment}

    @property
    def date_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"day_{number}"], self[f"time_{number}"]) for number in NUMBERS]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        for number in NUMBERS[1:]:
            day, moment = found.get(f"day_{number}"), found.get(f"time_{number}")
            if (day is None) != (moment is None):
                at = f"time_{number}" if day else f"day_{number}"
                if not self.has_error(f"day_{number}") and not self.has_error(at):
                    self.add_error(at, _("日と時刻の両方を入力してください。"))
        return found

    def starts(self) -> list[datetime]:
        """Call only on a valid form."""
        found = self.cleaned_data
        return [
            datetime.combine(found[f"day_{n}"], found[f"time_{n}"], tzinfo=TOKYO)
            for n in self._typed()
        ]

    def _typed(self) -> list[int]:
        """The rows that were filled in: one in between may be empty."""
        found = self.cleaned_data
        return [n for n in NUMBERS if found.get(f"day_{n}") and found.get(f"time_{n}")]

    def refuse(self, refusal: Refusal) -> None:
        """At its field where there is one."""
        field = AT_FIELDS.get(type(refusal))
        if field is not None and isinstance(refusal, refusals.WrongDate):
            field %= self._typed()[refusal.number - 1]
        here = field if field in self.fields else None
        self.add_error(here, str(refusal.sentence))


class OtherDatesForm(DatesForm):
    message = forms.CharField(
        label=_("伝えたいこと"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OutreachForm(DatesForm, TrapForm):
    """By a resident or a group; staff fill in the same for whoever telephones."""

    group = forms.ModelChoiceField(
        label=_("登録している団体"),
        queryset=Group.objects.none(),
        required=False,
        empty_label=_("えらばない"),
    )
    group_name = forms.CharField(
        label=_("団体や集まりの名前"),
        max_length=120,
        help_text=_("例：東町自治会、友だちの集まり"),
        error_messages={"required": _("団体や集まりの名前を入力してください。")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    people = forms.IntegerField(
        label=_("参加する人数"),
        min_value=1,
        max_value=2000,
        error_messages={"required": _("参加する人数を入力してください。")},
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    purpose = forms.CharField(
        label=_("集まりの目的"),
        max_length=300,
        help_text=_("例：防災訓練の前の勉強会"),
        error_messages={"required": _("集まりの目的を入力してください。")},
    )
    is_proper = forms.BooleanField(
        label=_("営利・政治・宗教を目的とした集まりではありません"),
        error_messages={"required": refusals.NotProper.sentence},
    )
    place = forms.CharField(
        label=_("会場と部屋"),
        max_length=120,
        help_text=_("例：東町集会所 2階の和室"),
        error_messages={"required": _("会場と部屋を入力してください。")},
    )
    address = forms.CharField(
        label=_("会場の住所"),
        max_length=200,
        help_text=_("市内の会場を用意してください。"),
        error_messages={"required": _("会場の住所を入力してください。")},
    )
    equipment = forms.CharField(
        label=_("会場にあるもの"),
        max_length=300,
        required=False,
        help_text=_("例：机、いす、スクリーン、駐車場1台"),
    )
    contact_name = forms.CharField(
        label=_("連絡する方のお名前"),
        max_length=80,
        error_messages={"required": _("連絡する方のお名前を入力してください。")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = OwnPhoneField(label=_("電話番号"), required=False)
    email = OwnEmailField(
        label=_("メールアドレス"),
        required=False,
    )
    message = forms.CharField(
        label=_("伝えたいこと"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    form_key = FormKeyField(initial=uuid4)

    about = ("people", "purpose", "is_proper")
    where = ("place", "address", "equipment")
    who = ("group", "group_name", "contact_name", "phone", "email", "message")

    def __init__(
        self, *args: Any, entry: OutreachEntry, user: User | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].help_text = _("%(n)d人以上で申し込めます。") % {
            "n": entry.minimum_people
        }
        own = groups_of(user) if user else []
        registered = [
            one.group_id for one in own if one.group.state == GroupState.REGISTERED
        ]
        if registered:
            self.fields["group"].queryset = Group.objects.filter(pk__in=registered)
            if len(registered) == 1:
                self._begin_with(Group.objects.get(pk=registered[0]))
        else:
            del self.fields["group"]
        dates = [name for n in NUMBERS for name in (f"day_{n}", f"time_{n}")]
        self.order_fields([*self.about, *dates, *self.where, *self.who])

    def _begin_with(self, group: Group) -> None:
        """Whoever belongs to one group need not write its name again."""
        self.initial.setdefault("group", group.pk)
        self.initial.setdefault("group_name", group.name)

    def parts(self, names: tuple[str, ...]) -> list[forms.BoundField]:
        return [self[name] for name in names if name in self.fields]

    @property
    def about_fields(self) -> list[forms.BoundField]:
        return self.parts(self.about)

    @property
    def where_fields(self) -> list[forms.BoundField]:
        return self.parts(self.where)

    @property
    def who_fields(self) -> list[forms.BoundField]:
        return self.parts(self.who)

    def asked(self) -> Asked:
        """Call only on a valid form."""
        names = (*self.about, *self.where, *self.who)
        said = {name: self.cleaned_data.get(name) for name in names}
        return Asked(**said, starts=self.starts())


class EnteredOutreachForm(OutreachForm):
    """By the section, for somebody who telephoned."""

    channel = forms.ChoiceField(label=_("受付方法"), choices=paper_choices)

    @property
    def who_fields(self) -> list[forms.BoundField]:
        return self.parts((*self.who, "channel"))


def known_of(user: User | None) -> dict[str, str]:
    """What the account says of itself."""
    if user is None:
        return {}
    profile = getattr(user, "resident_profile", None)
    return {
        "contact_name": user.get_full_name(),
        "email": user.email,
        "phone": profile.phone if profile else "",
    }
