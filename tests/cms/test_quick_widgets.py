"""The quick inputs are Django's own, sign for sign."""

from datetime import date

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.test.html import parse_html
from django.utils import translation
from django.utils.safestring import mark_safe

from cms.quick_widgets import INPUTS, TEXTAREA, QuickRenderer

VALUES = [
    None,
    "",
    "佐藤",
    "<script>\"'&",
    mark_safe("<b>"),
    0,
    3,
    date(2026, 11, 21),
]
ATTRIBUTES = [
    {},
    {"id": "id_x", "required": True, "disabled": False, "maxlength": 20},
    {"aria-describedby": "a b", "placeholder": "\"<例>'", "data-none": None},
]
WIDGETS = [
    forms.TextInput,
    forms.EmailInput,
    forms.NumberInput,
    forms.HiddenInput,
    forms.URLInput,
    forms.DateInput,
    forms.Textarea,
    forms.TimeInput,
    forms.CheckboxInput,
]


@pytest.mark.parametrize("attributes", ATTRIBUTES, ids=["none", "flags", "quotes"])
@pytest.mark.parametrize("value", VALUES, ids=repr)
@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: widget.__name__)
def test_quick_input_is_what_the_template_writes(widget, value, attributes):
    quick, plain = (
        widget().render("na<me", value, dict(attributes), renderer=renderer)
        for renderer in (QuickRenderer(), TemplatesSetting())
    )

    assert quick == plain


def test_site_uses_the_quick_renderer_for_plain_inputs(settings):
    assert settings.FORM_RENDERER == "cms.quick_widgets.QuickRenderer"
    assert forms.TextInput.template_name in INPUTS
    assert forms.Textarea.template_name == TEXTAREA


class Everything(forms.Form):
    name = forms.CharField(label="お名前 <姓>", help_text="<b>戸籍</b>のとおりに")
    mail = forms.EmailField(label="メール", required=False)
    number = forms.IntegerField(label="人数", max_value=3)
    wish = forms.CharField(label="連絡事項", widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(label="区分", choices=[("a", "あ")])
    agreed = forms.BooleanField(label="同意")
    days = forms.MultipleChoiceField(
        label="曜日", choices=[("1", "月")], widget=forms.CheckboxSelectMultiple
    )


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("auto_id", ["id_%s", False])
@pytest.mark.parametrize("data", [None, {}, {"name": '"<佐藤>', "number": "9"}], ids=repr)
@pytest.mark.parametrize("name", Everything.base_fields)
def test_quick_field_is_what_the_template_writes(name, data, auto_id, language):
    with translation.override(language):
        quick, plain = (
            Everything(data, auto_id=auto_id, renderer=renderer)[name].as_field_group()
            for renderer in (QuickRenderer(), TemplatesSetting())
        )

    assert parse_html(quick) == parse_html(plain)
    assert 'class="field' in quick
