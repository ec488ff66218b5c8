"""Instructors, as they may be shown on the day that the page is read."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.choosing import InstructorChooserBlock


class PeopleBlock(blocks.StructBlock):
    """Somebody who takes the consent back vanishes from every page at once."""

    people = blocks.ListBlock(InstructorChooserBlock(label=_("講師")), label=_("講師"))

    class Meta:
        icon = "group"
        label = _("講師の紹介")
        template = "cms/blocks/people.html"
        preview_template = "cms/blocks/preview/people.html"
        description = _("公開に同意し、承認された講師だけが表示されます。")

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        chosen = [person for person in value["people"] if person is not None]
        context["people"] = [person for person in chosen if person.is_public]
        return context
