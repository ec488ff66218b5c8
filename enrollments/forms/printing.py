"""What an officer can ask of a paper; each paper shows the fields that concern it."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models import Session
from enrollments.domain.printing.heading import session_words
from enrollments.domain.printing.wishes import Wishes
from enrollments.enums import ListOrder, PrintPurpose

MOST_BLANKS, MOST_TABLES = 40, 60


class SessionChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Session) -> str:
        return session_words(obj, at=timezone.now())


class WishesForm(forms.Form):
    """A field that is left out means what the paper does by itself."""

    session = SessionChoice(
        label=_("どの回の分"),
        queryset=Session.objects.none(),
        required=False,
        empty_label=_("すべての回"),
    )
    order = forms.ChoiceField(label=_("並べ方"), choices=ListOrder, required=False)
    with_phone = forms.BooleanField(label=_("電話番号をのせる"), required=False)
    with_receipt_number = forms.BooleanField(label=_("受付番号をのせる"), required=False)
    with_names = forms.BooleanField(
        label=_("氏名をのせる（参加者の了解があるときだけ）"), required=False
    )
    labels = forms.ChoiceField(
        label=_("用紙"),
        choices=(
            ("card", _("名刺用紙 10面（91×55mm）")),
            ("label", _("ラベルシール 10面（86.4×50.8mm）")),
        ),
        required=False,
    )
    first_label = forms.IntegerField(
        label=_("何枚目から印刷するか"), min_value=1, max_value=10, required=False
    )
    cut_lines = forms.BooleanField(label=_("切り取り線を入れる（普通紙）"), required=False)
    with_codes = forms.BooleanField(label=_("受付のQRコードをのせる"), required=False)
    blank_rows = forms.IntegerField(
        label=_("当日参加の方の空欄"), min_value=0, max_value=MOST_BLANKS, required=False
    )
    tables = forms.IntegerField(
        label=_("テーブルの数"), min_value=1, max_value=MOST_TABLES, required=False
    )
    per_sheet = forms.TypedChoiceField(
        label=_("大きさ"),
        choices=((2, _("A4に2枚")), (1, _("A4に1枚"))),
        coerce=int,
        empty_value=None,
        required=False,
    )
    purpose = forms.ChoiceField(
        label=_("何に使うか（記録に残ります）"), choices=PrintPurpose, required=False
    )

    def __init__(
        self,
        data: Any,
        *,
        key: str,
        asks: Collection[str],
        purpose: PrintPurpose | None,
        sessions: QuerySet[Session],
    ) -> None:
        """`key` keeps the forms of a page apart; `asks` names the fields to be shown;
        `purpose` is the usual one, of a paper with people on it."""
        super().__init__(data, auto_id=f"{key}-%s", initial={"purpose": purpose})
        shown = {*asks, "purpose"} if purpose else {*asks}
        self.usual = purpose
        for name in set(self.fields) - shown:
            del self.fields[name]
        if "session" in self.fields:
            self.fields["session"].queryset = sessions

    def wishes(self) -> Wishes:
        said = {name: value for name, value in self.cleaned_data.items() if value != ""}
        return Wishes.of(said)

    def reason(self) -> str:
        """What the record says the paper was for; the usual thing where nothing was."""
        said = self.cleaned_data.get("purpose") or self.usual
        return str(PrintPurpose(said).label) if said else ""
