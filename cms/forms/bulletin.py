"""Which month's copy, by what, of whom, under which headings; any other word counts as
not said."""

from datetime import date

from django import forms

from courses.enums import BulletinGroup, BulletinMonth

OWN, ALL = "own", "all"
# Era names and calendars of other centuries are nobody's bulletin.
FIRST, LAST = date(2000, 1, 1), date(2100, 12, 1)


class BulletinForm(forms.Form):
    by = forms.ChoiceField(choices=BulletinMonth.choices, required=False)
    whose = forms.ChoiceField(choices=[(OWN, OWN), (ALL, ALL)], required=False)
    group = forms.ChoiceField(choices=BulletinGroup.choices, required=False)

    def said(self, name: str, *, otherwise: str) -> str:
        self.is_valid()
        return str(self.cleaned_data.get(name) or otherwise)


def month_said(text: str, *, otherwise: date) -> date:
    """YYYY-MM; any other text is the month that most editors want."""
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError:
        return otherwise
    return month if FIRST <= month <= LAST else otherwise
