"""A group of synonyms as lines of text."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from accounts.domain.refusal import Refusal
from cms.models import SynonymGroup
from cms.search.synonym_groups import checked_words, write_group


class SynonymGroupForm(WagtailAdminModelForm):
    words = forms.CharField(
        label=_("言葉"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "同じものを指す言葉を、一行に一つずつ、二つ以上書きます。どの言葉でさがしても、"
            "ほかの言葉で書かれた講座が見つかります。全角・半角、ひらがな・カタカナの"
            "違いは書かなくても同じ言葉として扱います。"
        ),
    )

    class Meta:
        model = SynonymGroup
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            words = self.instance.words.values_list("written", flat=True)
            self.initial["words"] = "\n".join(words)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if "words" in found:
            try:
                checked_words(self.text, group=self.target)
            except Refusal as refusal:
                self.add_error("words", str(refusal))
        return found

    @property
    def target(self) -> SynonymGroup:
        found: SynonymGroup = self.instance
        return found

    @property
    def text(self) -> str:
        typed: str = self.cleaned_data["words"]
        return typed

    def save(self, commit: bool = True) -> SynonymGroup:
        self.instance = write_group(group=self.target, text=self.text)
        return self.instance


class NewSynonymGroupForm(SynonymGroupForm):
    """Words may also go to a group that there is, where one more is enough."""

    group = forms.ModelChoiceField(
        label=_("加える先"),
        queryset=SynonymGroup.objects.prefetch_related("words"),
        required=False,
        empty_label=_("新しい組をつくる"),
        help_text=_("すでにある組に加えるときは、ここでえらびます。"),
    )

    @property
    def target(self) -> SynonymGroup:
        return self.cleaned_data.get("group") or super().target

    @property
    def text(self) -> str:
        group = self.cleaned_data.get("group")
        kept = [word.written for word in group.words.all()] if group else []
        return "\n".join([*kept, super().text])
