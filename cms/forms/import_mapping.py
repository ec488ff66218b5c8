"""The form by which a list's columns are told which is which."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.exchange.columns.column import Column


class MappingForm(forms.Form):
    """For each column of the file what it means here; and a name to keep that under."""

    def __init__(
        self,
        *args: Any,
        header: Sequence[str],
        columns: Sequence[Column],
        mapping: dict[str, str],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        choices = [("", _("取り込まない"))]
        choices += [(one.name, _mark(one)) for one in columns]
        for number, heading in enumerate(header):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=heading or _("（見出しなし）"),
                choices=choices,
                required=False,
                initial=mapping.get(str(number), ""),
            )
        self.fields["save_as"] = forms.CharField(
            label=_("この対応に名前を付けて残す"),
            required=False,
            max_length=60,
            help_text=_("次に同じ見出しのファイルを選ぶと、自動でこの対応になります。"),
        )

    def mapping(self) -> dict[int, str]:
        names = ((name, value) for name, value in self.cleaned_data.items() if value)
        return {
            int(name.removeprefix("column_")): value
            for name, value in names
            if name.startswith("column_")
        }


def _mark(column: Column) -> str:
    return f"{column.heading} *" if column.required else column.heading
