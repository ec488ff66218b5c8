"""Wishes for childcare and support, asked only where the run offers them; and one free
field for what nobody thought of."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import Field
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.fields import NameField
from courses.enums import SupportKind
from enrollments.domain.requests import SupportWish
from enrollments.domain.support_offers import OpenOffer
from enrollments.domain.support_requests import ChildWish
from enrollments.forms.asked import AnswerField

CHILDREN_SHOWN = 3


def other_wish_field() -> AnswerField:
    return AnswerField(
        label=gettext_lazy("そのほかに必要な配慮"),
        required=False,
        max_length=500,
        help_text=gettext_lazy(
            "車いすの席や筆談など、あれば書いてください。手配する担当者だけが見ます。"
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def support_field(offers: list[OpenOffer]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=gettext_lazy("希望する支援"),
        required=False,
        choices=[(one.offer.kind, offer_choice(one)) for one in offers],
        widget=forms.CheckboxSelectMultiple,
    )


def support_fields(offers: Iterable[OpenOffer], suffix: str = "") -> dict[str, Field]:
    """None where nothing but childcare is offered, or no place in it is left. `suffix`
    tells the fields of one unit of a series from those of another."""
    others = [
        one for one in offers if one.offer.kind != SupportKind.CHILDCARE and not one.is_full
    ]
    if not others:
        return {}
    label = gettext_lazy("支援についてのご希望")
    return {
        f"support{suffix}": support_field(others),
        f"support_needs{suffix}": NameField(label=label, required=False, max_length=200),
    }


def offer_words(one: OpenOffer) -> str:
    """The offer with what is left of it."""
    words = str(one.offer.get_kind_display())
    if one.left is not None:
        words = _("%(what)s（あと%(left)s人）") % {"what": words, "left": one.left}
    return str(words)


def offer_choice(one: OpenOffer) -> str:
    return f"{offer_words(one)} {one.offer.note}".strip()


class ChildForm(forms.Form):
    """A child to be looked after; the row may be left empty."""

    called = NameField(
        label=gettext_lazy("お子さんの呼び名"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    years = forms.IntegerField(
        label=gettext_lazy("年齢（歳）"),
        min_value=0,
        max_value=15,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 2}),
    )
    months = forms.IntegerField(
        label=gettext_lazy("か月"),
        required=False,
        min_value=0,
        max_value=11,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 2}),
    )
    note = NameField(label=gettext_lazy("アレルギーなど"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["empty_permitted"] = True
        kwargs["use_required_attribute"] = False
        super().__init__(*args, **kwargs)

    def child(self) -> ChildWish:
        found = self.cleaned_data
        return ChildWish(
            called=found["called"],
            age_months=found["years"] * 12 + (found["months"] or 0),
            note=found["note"],
        )


def child_forms(
    data: Any, offers: tuple[OpenOffer, ...], prefix: str = ""
) -> list[ChildForm]:
    """None where no childcare is offered, or no place in it is left."""
    open_care = [one for one in offers if one.offer.kind == SupportKind.CHILDCARE]
    if not open_care or open_care[0].is_full:
        return []
    numbers = range(1, CHILDREN_SHOWN + 1)
    return [ChildForm(data, prefix=f"{prefix}child{n}") for n in numbers]


def wishes_from(
    found: dict[str, Any], children: list[ChildForm], suffix: str = ""
) -> tuple[SupportWish, ...]:
    """From cleaned data; call only on valid forms."""
    needs = found.get(f"support_needs{suffix}", "")
    wishes = [
        SupportWish(kind=SupportKind(kind), needs=needs)
        for kind in found.get(f"support{suffix}", [])
    ]
    cared = tuple(one.child() for one in children if one.has_changed())
    if cared:
        wishes.append(SupportWish(kind=SupportKind.CHILDCARE, children=cared))
    other = found.get("other_wish", "")
    if other and all(wish.kind != SupportKind.OTHER for wish in wishes):
        wishes.append(SupportWish(kind=SupportKind.OTHER, needs=other))
    return tuple(wishes)
