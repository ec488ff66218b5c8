"""Plain inputs, and the field around them, written without a template: two templates for
each of a form's inputs and four for each field took half of the time of its page. The HTML
is the same as that of the templates: of inputs sign for sign, of fields less the spaces."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.html import conditional_escape as escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

WIDGETS = "django/forms/widgets"
INPUTS = frozenset(
    f"{WIDGETS}/{kind}.html"
    for kind in (
        "text",
        "email",
        "number",
        "hidden",
        "tel",
        "url",
        "date",
        "checkbox",
        "input",
    )
)
TEXTAREA = f"{WIDGETS}/textarea.html"
FIELD = "django/forms/field.html"


class QuickRenderer(TemplatesSetting):
    def render(
        self,
        template_name: str,
        context: dict[str, Any],
        request: HttpRequest | None = None,
    ) -> str:
        if template_name in INPUTS:
            return _input(context["widget"])
        if template_name == TEXTAREA:
            return _textarea(context["widget"])
        if template_name == FIELD and not context["field"].use_fieldset:
            return _field(context["field"])
        return str(super().render(template_name, context, request))


def _field(field: BoundField) -> SafeString:
    """A label above one input, or beside a checkbox."""
    aimed_at, below = escape(field.id_for_label), f"{_help(field)}{field.errors or ''}"
    if field.widget_type == "checkbox":
        mark = _mark(field) if field.field.required else ""
        kind, first, last = " field--check", f"{field}<div>", "</div>"
    else:
        mark, kind, first, last = _mark(field), "", "", str(field)
    label = f"{escape(field.label)}{mark}"
    return mark_safe(  # noqa: S308 (escaped)
        f'<div class="field{kind}">{first}'
        f'<label class="field__label" for="{aimed_at}">{label}</label>'
        f"{below}{last}</div>"
    )


def _mark(field: BoundField) -> str:
    """Says in words whether it must be filled in."""
    if field.field.required:
        kind, words = " field__mark--required", _("必須")
    else:
        kind, words = "", _("任意")
    return f'<span class="field__mark{kind}">{escape(words)}</span>'


def _help(field: BoundField) -> str:
    """Written by the product, and may hold a link."""
    if not field.help_text:
        return ""
    named = f' id="{escape(field.auto_id)}_helptext"' if field.auto_id else ""
    return f'<div class="field__help"{named}>{field.help_text}</div>'


def _input(widget: Mapping[str, Any]) -> SafeString:
    value = widget["value"]
    said = "" if value is None else f' value="{escape(value)}"'
    kind, name = escape(widget["type"]), escape(widget["name"])
    attributes = _attributes(widget["attrs"])
    return mark_safe(f'<input type="{kind}" name="{name}"{said}{attributes}>')  # noqa: S308 (escaped)


def _textarea(widget: Mapping[str, Any]) -> SafeString:
    name, attributes = escape(widget["name"]), _attributes(widget["attrs"])
    value = escape(widget["value"] or "")
    return mark_safe(f'<textarea name="{name}"{attributes}>\n{value}</textarea>')  # noqa: S308 (escaped)


def _attributes(attributes: Mapping[str, Any]) -> str:
    """True is a name alone, False nothing."""
    return "".join(
        f" {_named(name)}" if value is True else f' {_named(name)}="{escape(value)}"'
        for name, value in attributes.items()
        if value is not False
    )


@cache
def _named(attribute: str) -> SafeString:
    """The product's own names, of which there are some dozens."""
    return escape(attribute)
