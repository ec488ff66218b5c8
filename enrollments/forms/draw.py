"""What an officer says of a draw."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import plausible

# Public, known on one day, published by somebody else, and easy to look up later.
SUGGESTIONS = (
    _("日経平均株価の終値（円、小数点以下2けたまで）"),
    _("ナンバーズ4の当せん番号（4けた）"),
    _("ロト6の当せん番号（本数字6個、小さい順に半角のハイフンでつなぐ）"),
    _("気象庁が発表する東京の日最高気温（小数点以下1けたまで）"),
)
SUGGESTIONS_ID = "draw-sources"


class FreezeForm(forms.Form):
    source = forms.CharField(
        label=_("使う公開の値"),
        max_length=200,
        help_text=_(
            "市が左右できず、その日にだれでも調べられる値にします。"
            "けた数や並べ方まで書きます。"
        ),
        widget=forms.TextInput(attrs={"list": SUGGESTIONS_ID, "autocomplete": "off"}),
    )
    source_on = forms.DateField(
        label=_("値がわかる日"),
        help_text=_("あすより後の日です。その日から抽選できます。"),
        validators=[plausible],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    despite_same_names = forms.BooleanField(
        label=_("読みの同じ方を確かめないまま、名簿を固定する"), required=False
    )


class HoldForm(forms.Form):
    public_value = forms.CharField(
        label=_("公開の値"),
        max_length=200,
        help_text=_("発表されたとおりに、半角で入力します。あとから直せません。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class TakeBackForm(forms.Form):
    why = forms.CharField(
        label=_("固定を取り消す理由"),
        max_length=200,
        help_text=_("公開されます。申し込んだ方の名前などは書きません。"),
    )
