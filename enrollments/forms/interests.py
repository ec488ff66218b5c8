"""What somebody wants to be recommended."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.enums import ThemeBranch
from courses.forms.areas import offer_areas
from courses.models import Theme
from enrollments.domain.recommending.choosing import Chosen
from enrollments.models import Interests


class InterestsForm(forms.Form):
    """Nothing in it has to be told."""

    wants_recommendations = forms.BooleanField(
        label=_("マイページにおすすめを表示する"), required=False
    )
    themes = forms.MultipleChoiceField(
        label=_("関心のあるテーマ"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    area = forms.ChoiceField(
        label=_("お住まいの地区"),
        required=False,
        help_text=_(
            "選ぶと、近くで開かれる講座をおすすめできます。おすすめのほかには使いません。"
            "空欄に戻すと消えます。"
        ),
    )
    wants_monthly = forms.BooleanField(
        label=_("おすすめを毎月1回メールで受け取る"),
        required=False,
        help_text=_("お知らせする講座がない月は届きません。いつでもやめられます。"),
    )

    def __init__(self, *args: Any, own: Interests | None, **kwargs: Any) -> None:
        first = {
            "wants_recommendations": own is None or own.wants_recommendations,
            "themes": [theme.pk for theme in own.themes.all()] if own else [],
            "area": own.area if own else "",
            "wants_monthly": own is not None and own.wants_monthly,
        }
        super().__init__(*args, initial=first, **kwargs)
        self.fields["themes"].choices = _themes()
        offer_areas(self.fields["area"], now=[first["area"]], empty=_("えらばない"))

    def chosen(self) -> Chosen:
        said = self.cleaned_data
        return Chosen(
            wants_recommendations=said["wants_recommendations"],
            themes=tuple(int(key) for key in said["themes"]),
            area=said["area"],
            wants_monthly=said["wants_monthly"],
        )


def _themes() -> list[tuple[str, list[tuple[int, str]]]]:
    """By branch, each in the city's order."""
    by_branch: dict[str, list[tuple[int, str]]] = {}
    for theme in Theme.objects.all():
        by_branch.setdefault(theme.branch, []).append((theme.pk, theme.label))
    return [(ThemeBranch(key).label, own) for key, own in by_branch.items()]
