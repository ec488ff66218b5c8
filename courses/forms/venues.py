"""Venues with their rooms and barrier-free facts, and the days on which they are closed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from accounts.forms.grouped import Group, groups_of
from courses.domain.places import barrier_free_facts, describe_barrier_free
from courses.enums import BarrierFree, Presence
from courses.models import ClosingDay, Room, Venue

WEEKDAYS = (
    ("1", _("月曜日")),
    ("2", _("火曜日")),
    ("3", _("水曜日")),
    ("4", _("木曜日")),
    ("5", _("金曜日")),
    ("6", _("土曜日")),
    ("7", _("日曜日")),
)
# 不明 first: most of the 18 are not known of most venues.
PRESENCE = [
    (there.value, there.label)
    for there in (Presence.UNKNOWN, Presence.YES, Presence.NO, Presence.PRIVATE)
]
FEATURE = "feature_{}"


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )


class RoomForm(forms.ModelForm):
    class Meta:
        model = Room
        fields = ["name", "capacity", "equipment"]


class RoomRows(forms.BaseInlineFormSet):
    def clean(self) -> None:
        """What sessions stand on stays."""
        super().clean()
        used = [
            str(row.instance.name)
            for row in self.deleted_forms
            if row.instance.pk and row.instance.sessions.exists()
        ]
        if used:
            raise forms.ValidationError(
                _("「%(name)s」は使われているため、削除できません。"),
                params={"name": "、".join(used)},
            )


RoomFormSet = forms.inlineformset_factory(
    Venue, Room, form=RoomForm, formset=RoomRows, extra=2, can_delete=True
)


class VenueForm(WagtailAdminModelForm):
    """The rooms are rows of their own, saved together with the venue or not at all."""

    closed_weekdays = forms.MultipleChoiceField(
        label=_("休館する曜日"),
        choices=WEEKDAYS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    opens_at = _time(_("開館時刻"))
    closes_at = _time(_("閉館時刻"))

    class Meta:
        model = Venue
        fields = [
            "name",
            "name_kana",
            "code",
            "area",
            "description",
            "url",
            "postal_code",
            "address",
            "phone",
            "access",
            "parking",
            "parking_note",
            "closed_weekdays",
            "opens_at",
            "closes_at",
            "opening_note",
            "accessibility",
            "latitude",
            "longitude",
        ]
        labels = {"accessibility": _("バリアフリーの補足")}
        widgets = {
            name: forms.Textarea(attrs={"rows": 3})
            for name in ("description", "access", "accessibility")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["closed_weekdays"] = list(self.instance.closed_weekdays)
        known = barrier_free_facts(self.instance) if self.instance.pk else {}
        for item in BarrierFree:
            self.fields[FEATURE.format(item.name.lower())] = forms.ChoiceField(
                label=item.label,
                choices=PRESENCE,
                required=False,
                initial=known.get(item, Presence.UNKNOWN),
            )
        data = self.data if self.is_bound else None
        self.rooms = RoomFormSet(data, instance=self.instance, prefix="rooms")

    def clean_closed_weekdays(self) -> str:
        return "".join(sorted(self.cleaned_data["closed_weekdays"]))

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        opens, closes = found.get("opens_at"), found.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("閉館は開館より後の時刻にしてください。"))
        if bool(opens) != bool(closes):
            missing = "closes_at" if opens else "opens_at"
            self.add_error(missing, _("開館と閉館の時刻は、両方を入力してください。"))
        return found

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.rooms.is_valid()])

    def save(self, commit: bool = True) -> Venue:
        venue: Venue = super().save(commit)
        self.rooms.instance = venue
        self.rooms.save()
        told = {
            item: Presence(self.cleaned_data[FEATURE.format(item.name.lower())])
            for item in BarrierFree
            if self.cleaned_data.get(FEATURE.format(item.name.lower()))
        }
        describe_barrier_free(venue=venue, facts=told)
        return venue

    @property
    def grouped(self) -> list[Group]:
        return groups_of(
            self,
            (
                (_("会場"), ("name", "name_kana", "code", "area", "description", "url")),
                (
                    _("場所と行き方"),
                    (
                        "postal_code",
                        "address",
                        "phone",
                        "access",
                        "parking",
                        "parking_note",
                        "latitude",
                        "longitude",
                    ),
                ),
                (
                    _("開館日と時間"),
                    ("closed_weekdays", "opens_at", "closes_at", "opening_note"),
                ),
            ),
        )

    @property
    def features(self) -> list[forms.BoundField]:
        return [self[FEATURE.format(item.name.lower())] for item in BarrierFree]


class ClosingDayForm(WagtailAdminModelForm):
    class Meta:
        model = ClosingDay
        fields = ["name", "first_day", "last_day", "is_yearly", "venue"]
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for name in ("first_day", "last_day")
        }
        help_texts = {
            "name": _("例: 年末年始、館内整理、夏季点検"),
            "last_day": _("1日だけのときは、最初の日と同じ日にします。"),
            "is_yearly": _(
                "毎年同じ月日に休むときに選びます。入力した年は意味を持ちません。"
            ),
        }

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = found.get("first_day"), found.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("最後の日は最初の日以後にしてください。"))
        return found
