"""Those who stand behind a course as rows: an organisation and its relation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.domain.course_facts import Partnership
from courses.enums import PartnerRelation
from courses.models import Course, Partner

MOST_PARTNERS = 20
MORE_PARTNERS = 2


class PartnerForm(forms.Form):
    """Emptying the name takes the row away."""

    partner = forms.ChoiceField(label=_("団体・機関"), required=False)
    relation = forms.ChoiceField(
        label=_("関係"),
        choices=PartnerRelation.choices,
        initial=PartnerRelation.CO_ORGANISER,
        required=False,
    )

    def __init__(self, *args: Any, partners: dict[str, Partner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partners = partners
        choices = [(key, partner.name) for key, partner in partners.items()]
        self.fields["partner"].choices = [("", _("（なし）")), *choices]

    def partnership(self) -> Partnership | None:
        partner = self.partners.get(self.cleaned_data.get("partner", ""))
        relation = self.cleaned_data.get("relation") or PartnerRelation.CO_ORGANISER
        return Partnership(partner, PartnerRelation(relation)) if partner else None


class PartnerRows(forms.BaseFormSet):
    def __init__(
        self,
        *args: Any,
        course: Course | None = None,
        initial: list[dict[str, str]] | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs["form_kwargs"] = {"partners": every_partner()}
        kwargs["initial"] = partners_initial(course) if course else initial
        super().__init__(*args, **kwargs)

    def clean(self) -> None:
        seen: list[Partnership] = []
        for row in self.forms:
            found = row.partnership() if row.is_valid() else None
            if found in seen:
                row.add_error("partner", _("同じ団体と関係が上の行にもあります。"))
            elif found:
                seen.append(found)

    def partnerships(self) -> list[Partnership]:
        found = (row.partnership() for row in self.forms)
        return [each for each in found if each]


PartnerFormSet = forms.formset_factory(
    PartnerForm,
    formset=PartnerRows,
    extra=MORE_PARTNERS,
    max_num=MOST_PARTNERS,
    absolute_max=2 * MOST_PARTNERS,
)


def every_partner() -> dict[str, Partner]:
    """By the key that a form sends."""
    return {str(partner.pk): partner for partner in Partner.objects.all()}


def partners_initial(course: Course) -> list[dict[str, str]]:
    rows = course.partnerships.order_by("pk").values_list("partner", "relation")
    return [{"partner": str(key), "relation": relation} for key, relation in rows]
