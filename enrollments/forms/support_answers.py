"""A wish that somebody told staff of, and what staff answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.enums import SupportKind
from courses.models import CourseRun
from enrollments.domain.receipt import parse_receipt_number
from enrollments.domain.support_requests import ChildWish
from enrollments.forms.children import EXAMPLE, child_in
from enrollments.models import Application


class AnswerForm(forms.Form):
    """What is said to the person, or noted for colleagues."""

    why = forms.CharField(label=_("メモ"), max_length=200, required=False)
    alternative = forms.CharField(label=_("かわりの案"), max_length=200, required=False)


class WishForm(forms.Form):
    """For an application of this run."""

    number = forms.CharField(label=_("受付番号"), max_length=20)
    kind = forms.ChoiceField(label=_("支援"), choices=SupportKind.choices)
    needs = forms.CharField(
        label=_("希望の内容"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    children = forms.CharField(
        label=_("お子さん（1行にひとり）"),
        max_length=600,
        required=False,
        help_text=EXAMPLE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason = forms.CharField(
        label=_("締切のあとや、定員・年齢の外で受けるときの理由"),
        max_length=200,
        required=False,
    )

    def __init__(self, *args, run: CourseRun, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.run = run

    def clean_number(self) -> Application:
        number = parse_receipt_number(self.cleaned_data["number"])
        found = number and Application.objects.filter(
            run=self.run, received_at=number[0], tie=number[1]
        )
        application = found.first() if found else None
        if application is None:
            raise forms.ValidationError(_("この開催に、この受付番号の申込みはありません。"))
        return application

    def clean_children(self) -> tuple[ChildWish, ...]:
        lines = [line.strip() for line in self.cleaned_data["children"].splitlines()]
        return tuple(child_in(line) for line in lines if line)
