"""The forms by which a list comes in. Shape only: what is in the file is read elsewhere."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.domain.sections import section_of
from accounts.models import Department
from cms.forms.section_field import offer_sections
from cms.imports.kinds import Kind
from courses.exchange.tables.decoding import CP932, EUC_JP, UTF_8, UTF_16
from courses.exchange.tables.limits import HEADING_WITHIN
from courses.exchange.tables.table import Reading
from courses.models import CourseRun

RUNS_OFFERED = 300
ENCODINGS = (
    (UTF_8, "UTF-8"),
    (CP932, "Shift_JIS（CP932）"),
    (UTF_16, "UTF-16"),
    (EUC_JP, "EUC-JP"),
)
DELIMITERS = ((",", _("コンマ（,）")), ("tab", _("タブ")), (";", _("セミコロン（;）")))
TAB = "\t"


class ListForm(forms.Form):
    """Officers bring lists for their own section; administrators may say for which."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    file = forms.FileField(
        label=_("ファイル"),
        help_text=_(
            "Excel（.xlsx）か、CSV・タブ区切りの文字（UTF-8、Shift_JIS、UTF-16）。"
            "10MB・50,000行まで。見出しの行が必要です。"
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt,text/csv"}),
        error_messages={
            "required": _("ファイルを選んでください。"),
            "empty": _("ファイルが空です。"),
        },
    )
    run = forms.ModelChoiceField(
        CourseRun.objects.none(),
        label=_("開催"),
        help_text=_("この開催の申込みや出席として取り込みます。"),
    )
    department = forms.ModelChoiceField(
        Department.objects.none(),
        label=_("担当課"),
        help_text=_("この課の職員が、取込みの内容を見られます。"),
    )

    def __init__(
        self, *args: Any, kind: Kind, user: Any, code: str = "", **more: Any
    ) -> None:
        super().__init__(*args, **more)
        if kind.of_run:
            del self.fields["department"]
            self._offer_runs(user, code)
        else:
            del self.fields["run"]
            offer_sections(self.fields["department"], user, for_none=_("管理者だけ"))

    def _offer_runs(self, user: Any, code: str) -> None:
        runs = CourseRun.objects.select_related("course").order_by("-fiscal_year", "-code")
        section = section_of(user)
        if not user.is_superuser:
            runs = runs.filter(course__department=section)
        field = self.fields["run"]
        field.queryset = runs
        field.label_from_instance = lambda run: f"{run.code} {run}"
        field.initial = runs.filter(code=code).first() if code else None
        shown = [(one.pk, field.label_from_instance(one)) for one in runs[:RUNS_OFFERED]]
        if field.initial and field.initial.pk not in dict(shown):
            shown.insert(0, (field.initial.pk, field.label_from_instance(field.initial)))
        field.widget.choices = [("", _("えらんでください")), *shown]


class ReadingForm(forms.Form):
    """How the rows are found, as it was found out."""

    sheet = forms.ChoiceField(label=_("シート"))
    encoding = forms.ChoiceField(label=_("文字コード"), choices=ENCODINGS)
    delimiter = forms.ChoiceField(label=_("区切り文字"), choices=DELIMITERS)
    heading = forms.IntegerField(
        label=_("見出しの行"), min_value=1, max_value=HEADING_WITHIN * 5
    )

    def __init__(self, *args: Any, reading: Reading, **more: Any) -> None:
        sign = "tab" if reading.delimiter == TAB else reading.delimiter
        initial = {**reading.stored(), "delimiter": sign}
        super().__init__(*args, initial=initial, **more)
        if reading.sheet:
            del self.fields["encoding"], self.fields["delimiter"]
            self.fields["sheet"].choices = [(one, one) for one in reading.sheets]
        else:
            del self.fields["sheet"]

    def chosen(self) -> dict[str, Any]:
        found = dict(self.cleaned_data)
        if found.get("delimiter") == "tab":
            found["delimiter"] = TAB
        return found
