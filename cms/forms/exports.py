"""The forms by which a list goes out: of what, and which columns, how and why."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.enums import ExportFormat, ExportReason
from courses.exchange.columns.column import Column

LONGEST_REASON = 200


class ExportForm(forms.Form):
    """`columns` come with `order_<name>`: those with a number stand first, by it."""

    columns = forms.MultipleChoiceField(
        label=_("項目"),
        error_messages={"required": _("項目を一つ以上えらんでください。")},
    )
    format = forms.ChoiceField(
        label=_("ファイルの形"),
        choices=ExportFormat,
        initial=ExportFormat.XLSX,
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(
        label=_("出力する理由"),
        choices=[("", _("えらんでください")), *ExportReason.choices],
        help_text=_("だれが、いつ、どの項目を出力したかといっしょに記録します。"),
    )
    more = forms.CharField(
        label=_("理由の補足"), required=False, max_length=LONGEST_REASON - 20
    )
    save_as = forms.CharField(
        label=_("この項目に名前を付けて残す"), required=False, max_length=60
    )

    def __init__(
        self, *args: Any, columns: Sequence[Column], about_people: bool, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["columns"]
        field.choices = [(one.name, one.heading) for one in columns]
        for one in columns:
            self.fields[f"order_{one.name}"] = forms.IntegerField(
                required=False, min_value=1, max_value=999
            )
        if not about_people:
            del self.fields["reason"], self.fields["more"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("reason") == ExportReason.OTHER and not said.get("more", "").strip():
            self.add_error("more", _("「そのほか」のときは、理由を書いてください。"))
        return said

    def ordered(self) -> list[str]:
        """The chosen columns, as they are to be written."""
        names: list[str] = self.cleaned_data.get("columns", [])
        numbers = {name: self.cleaned_data.get(f"order_{name}") for name in names}
        return sorted(names, key=lambda name: (numbers[name] is None, numbers[name] or 0))

    def reason_words(self) -> str:
        said = self.cleaned_data
        if not said.get("reason"):
            return ""
        parts = (str(ExportReason(said["reason"]).label), said.get("more", "").strip())
        return "：".join(part for part in parts if part)
