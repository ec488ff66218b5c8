"""The findings as either side writes them: one thing a line, and the next steps."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import plausible
from enrollments.domain.shared_findings.content import (
    LISTS,
    LONGEST,
    Content,
    Step,
    lines_of,
)

MOST_STEPS, BLANK_STEPS = 20, 2
LONGEST_TEXT = 4000


def _lines(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class FindingsForm(forms.Form):
    learned = _lines(_("わかったこと"), _("1行に一つずつ。発言した人の名前は書きません。"))
    agreed = _lines(_("共有した課題・一致したこと"), _("1行に一つずつ。"))
    remains = _lines(
        _("残ったこと"), _("まだ一致していないこと、わからないこと。1行に一つずつ。")
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class StepForm(forms.Form):
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    what = forms.CharField(label=_("すること"), max_length=LONGEST["what"], required=False)
    who = forms.CharField(
        label=_("だれが"),
        help_text=_("課や団体の名前。個人の名前は書きません。"),
        max_length=LONGEST["who"],
        required=False,
    )
    when = forms.CharField(
        label=_("いつまでに"), max_length=LONGEST["when"], required=False
    )
    due_on = forms.DateField(
        label=_("期限の日"),
        required=False,
        validators=[plausible],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class StepRows(forms.BaseFormSet):
    def clean(self) -> None:
        """Each step is followed by its own key: of two that say the same one, the later
        is a step of its own."""
        known: set[UUID] = set()
        for said in (form.cleaned_data for form in self.forms if form.is_valid()):
            if said.get("key") in known:
                said["key"] = uuid4()
            elif said.get("key"):
                known.add(said["key"])


StepFormSet = forms.formset_factory(
    StepForm, formset=StepRows, extra=0, max_num=MOST_STEPS, validate_max=True
)


class FindingsForms:
    """Both together: valid when both are."""

    def __init__(self, content: Content, number: int, data: Any = None) -> None:
        texts = {name: "\n".join(getattr(content, name)) for name in LISTS}
        known = [
            {
                "key": step.key,
                "what": step.what,
                "who": step.who,
                "when": step.when,
                "due_on": step.due_on,
            }
            for step in content.steps
        ]
        blank = [{"key": uuid4()} for _row in range(BLANK_STEPS)]
        self.form = FindingsForm(data, initial={**texts, "seen": number})
        self.steps = StepFormSet(
            data, initial=[*known, *blank][:MOST_STEPS], prefix="steps"
        )

    def is_valid(self) -> bool:
        return self.form.is_valid() and self.steps.is_valid()

    @property
    def seen(self) -> int:
        return int(self.form.cleaned_data["seen"])

    def content(self) -> Content:
        texts = {name: lines_of(self.form.cleaned_data[name]) for name in LISTS}
        steps = (_step(one.cleaned_data) for one in self.steps if one.cleaned_data)
        return Content(**texts, steps=tuple(step for step in steps if step.what))


def _step(said: dict[str, Any]) -> Step:
    key: UUID = said.get("key") or uuid4()
    return Step(
        what=said.get("what", "").strip(),
        who=said.get("who", "").strip(),
        when=said.get("when", "").strip(),
        due_on=said.get("due_on"),
        key=key,
    )


class FollowForm(forms.Form):
    """What became of a step: done on a day, or still open."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    done_on = forms.DateField(
        label=_("できた日"),
        required=False,
        validators=[plausible],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    note = forms.CharField(label=_("その後"), max_length=200, required=False)
