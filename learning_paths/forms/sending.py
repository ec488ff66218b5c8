"""Whom a group sends to a run, how it is reached, and what the run asks."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import FormKeyField, OwnEmailField, OwnPhoneField
from courses.enums import RequirementKind as Kind
from courses.models.localised import in_english
from enrollments.domain.asking import Asked
from enrollments.domain.places import Place
from enrollments.domain.requests import SeatRequest
from enrollments.enums import Channel, ContactBy
from enrollments.forms.asked import (
    answers_in,
    question_fields,
    residency_field,
    stated_fields,
    stated_in,
)
from enrollments.forms.person import PersonForm
from enrollments.forms.places import place_field
from learning_paths.models import Membership


class SendingForm(PersonForm):
    """The person is who applies, and need not come along."""

    members = forms.TypedMultipleChoiceField(
        label=_("参加する会員"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("参加する会員を一人以上えらんでください。")},
    )
    email = OwnEmailField(
        label=_("メールアドレス"),
        help_text=_(
            "申込みの結果は、ここに届きます。会員の方には、代表か担当の方から伝えてください。"
        ),
        error_messages={"required": _("メールアドレスを入力してください。")},
    )
    phone = OwnPhoneField(label=_("電話番号"), required=False)
    message = forms.CharField(
        label=_("連絡事項"),
        required=False,
        max_length=500,
        help_text=_("体のことや必要な支援は書かず、担当課にお電話ください。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    terms = forms.BooleanField(
        label=_("参加する全員が受講規約を読み、同意しています"),
        error_messages={"required": _("申し込むには、受講規約への同意が必要です。")},
    )
    submission_key = FormKeyField()

    def __init__(
        self,
        *args: Any,
        asked: Asked,
        choices: Iterable[tuple[int, str]],
        places: Sequence[Place],
        **kwargs: Any,
    ) -> None:
        initial = {"submission_key": uuid4(), **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)
        self.asked, self.places = asked, places
        self.fields["members"].choices = list(choices)
        if len(places) > 1:
            self.fields["place"] = place_field(asked.run, places)
        if Kind.RESIDENCY in asked.kinds:
            self.fields["residency"] = residency_field(required=True)
        stated = [one for one in asked.conditions if one.kind == Kind.STATED]
        self.fields.update(stated_fields(stated))
        self.fields.update(question_fields(asked.questions))
        if not asked.has_terms:
            del self.fields["terms"]

    @property
    def place(self) -> Place | None:
        if len(self.places) < 2:
            return next(iter(self.places), None)
        chosen = self.cleaned_data["place"]
        return next(one for one in self.places if str(one.pool.pk) == chosen)

    def particulars(self) -> list[forms.BoundField]:
        """What this run asks beyond names and contact."""
        asked = ("place", "residency")
        begin = ("stated_", "question_")
        names = [name for name in self.fields if name in asked or name.startswith(begin)]
        return [self[name] for name in names]

    def chosen(self, members: Iterable[Membership]) -> list[Membership]:
        wanted = set(self.cleaned_data["members"])
        return [one for one in members if one.pk in wanted]

    def seat_request(self) -> SeatRequest:
        """Without the people; call only on a valid form."""
        found = self.cleaned_data
        return SeatRequest(
            applicant=self.person(),
            email=found["email"],
            phone=found["phone"],
            residency=found.get("residency", ""),
            contact_by=ContactBy.MAIL,
            language="en" if in_english() else "ja",
            message=found["message"],
            channel=Channel.WEB,
            answers=answers_in(found),
            stated=stated_in(found),
            accepts_terms=bool(found.get("terms")),
            submission_key=found["submission_key"],
        )
