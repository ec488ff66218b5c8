"""Making and changing the secret address of a calendar."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.domain.sections import section_of
from accounts.models import User
from enrollments.domain.calendar_tokens import CalendarChoices
from enrollments.domain.known_groups import groups_of
from enrollments.enums import CalendarScope
from enrollments.models import CalendarToken


class CalendarForm(forms.Form):
    """Asks only what there is to choose: groups of those who have some, the section of
    staff; of other calendars than one's own sessions nothing but the name."""

    name = forms.CharField(
        label=_("使いみち"),
        max_length=CalendarToken._meta.get_field("name").max_length,
        required=False,
        help_text=_("例：自分のスマホ"),
    )
    scope = forms.ChoiceField(
        label=_("何の予定ですか"),
        choices=CalendarScope,
        widget=forms.RadioSelect,
        required=False,
    )
    with_waiting = forms.BooleanField(
        label=_("キャンセル待ちの講座も入れる"),
        required=False,
        help_text=_("「仮の予定」として表示されます。"),
    )
    with_link = forms.BooleanField(label=_("オンラインの参加先を入れる"), required=False)
    with_groups = forms.BooleanField(
        label=_("団体の学びの道すじの講座も入れる"), required=False
    )

    def __init__(
        self, *args: object, user: User, key: CalendarToken | None = None, **more: object
    ) -> None:
        super().__init__(*args, **more)
        if key is None:
            self.fields["scope"].choices = _scopes(user)
        else:
            del self.fields["scope"]
        if key is not None and key.scope != CalendarScope.OWN:
            for name in ("with_waiting", "with_link", "with_groups"):
                del self.fields[name]
        elif not groups_of(user):
            del self.fields["with_groups"]

    def chosen_scope(self) -> str:
        return self.cleaned_data.get("scope") or CalendarScope.OWN

    def choices(self, before: CalendarChoices) -> CalendarChoices:
        """What was not asked stays as it was."""
        said = self.cleaned_data
        return CalendarChoices(
            said.get("with_waiting", before.with_waiting),
            said.get("with_link", before.with_link),
            said.get("with_groups", before.with_groups),
        )


def _scopes(user: User) -> list[tuple[str, str]]:
    own = [
        (scope.value, str(scope.label))
        for scope in (CalendarScope.OWN, CalendarScope.RECOMMENDED)
    ]
    section = section_of(user)
    if section is None:
        return own
    words = _("課の予定（%(section)sの合同学習会と職員研修）")
    return [*own, (CalendarScope.SECTION.value, words % {"section": section.name})]
