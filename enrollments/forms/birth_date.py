"""The one way a day of birth is asked: of residents in parts, as a calendar to leaf back
seventy years is no help; of staff in one field, as it stands on the card."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from enrollments.domain.days_typed import DayUnclear, day_in, day_of

LONGEST_LIFE = timedelta(days=365 * 120)
WESTERN = ("", _("西暦"))
LIVED_IN = [
    ("令和", _("令和")),
    ("平成", _("平成")),
    ("昭和", _("昭和")),
    ("大正", _("大正")),
]
PARTS = ("era", "year", "month", "day")


def born(day: date) -> None:
    today = timezone.localdate()
    if not today - LONGEST_LIFE <= day <= today:
        raise forms.ValidationError(_("生年月日を確認してください。"))


class BirthDateParts(forms.MultiWidget):
    """年, 月 and 日 with the era of the year. Named as one field, it is read too: from
    drafts and programs."""

    template_name = "enrollments/widgets/birth_date.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        token = {part: f"bday-{part}" for part in ("year", "month", "day")}
        numbers = {
            part: forms.TextInput(
                attrs={
                    "inputmode": "numeric",
                    "autocomplete": token[part],
                    "maxlength": 8 if part == "year" else 3,
                    "size": 5 if part == "year" else 3,
                }
            )
            for part in ("year", "month", "day")
        }
        super().__init__(
            {"era": forms.Select(choices=[WESTERN, *LIVED_IN]), **numbers}, attrs
        )

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, str) and value:
            try:
                value = day_in(value)
            except DayUnclear:
                return ["", value, "", ""]
        if not value:
            return ["", "", "", ""]
        return ["", value.year, value.month, value.day]

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> list[Any] | str:
        whole = data.get(name)
        return whole or super().value_from_datadict(data, files, name)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and super().value_omitted_from_data(data, files, name)


class BirthDateField(forms.Field):
    widget = BirthDateParts
    default_validators = [born]

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date) or value in self.empty_values:
            return value or None
        try:
            if isinstance(value, str):
                return day_in(value) if value.strip() else None
            era, *parts = (str(part or "").strip() for part in value)
            if not any(parts):
                return None
            year, month, day = parts
            return day_of(era=era, year=year, month=month, day=day)
        except DayUnclear as unclear:
            raise forms.ValidationError(unclear.sentence, code="invalid") from unclear

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != self.to_python(initial)
        except forms.ValidationError:
            return True


def birth_date_field(*, required: bool, on_one_line: bool = False) -> BirthDateField:
    field = BirthDateField(
        label=_("生年月日"),
        required=required,
        help_text=_help(on_one_line=on_one_line),
        error_messages={"required": _("生年月日を入力してください。")},
        widget=_one_line() if on_one_line else BirthDateParts(),
    )
    return field


def _help(*, on_one_line: bool) -> str | Promise:
    if on_one_line:
        return _("例: 1954-3-2、昭和29.3.2、S290302")
    return _(
        "対象の年齢を確かめるためにうかがいます。年は西暦でも、元号をえらんでも入力できます。"
    )


class _OneLine(forms.TextInput):
    def format_value(self, value: Any) -> str | None:
        return f"{value:%Y-%m-%d}" if isinstance(value, date) else value


def _one_line() -> forms.TextInput:
    return _OneLine(attrs={"autocomplete": "off", "maxlength": 20})


def names_sent(field: forms.BoundField) -> set[str]:
    """Under which names a browser sends the field: a field in parts has several."""
    name = field.html_name
    if isinstance(field.field.widget, BirthDateParts):
        return {name, *(f"{name}_{part}" for part in PARTS)}
    return {name}
