"""The form by which an event list comes in. Shape only: what is in the file is read by
`courses.exchange.event_list`."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from cms.forms.section_field import offer_sections


class EventListForm(forms.Form):
    """Officers bring lists for their own section; administrators choose."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    file = forms.FileField(
        label=_("一覧のファイル"),
        help_text=_(
            "CSV（UTF-8 または Shift_JIS）、5MB・1,000行まで。推奨データセット"
            "「イベント一覧」と、ベース・レジストリのイベントの形を読みます。"
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={
            "required": _("ファイルを選んでください。"),
            "empty": _("ファイルが空です。"),
        },
    )
    department = forms.ModelChoiceField(
        Department.objects.none(),
        label=_("担当課"),
        help_text=_("新しい講座は、この課の講座になります。"),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        department = self.fields["department"]
        offer_sections(department, user, for_none=_("一覧の連絡先から決める"))
