"""The start page of the back office, as a panel of Wagtail's."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from wagtail.admin.ui.components import Component

from accounts.domain.sections import works_here
from cms.presenters.start_page import start_page


class StartPanel(Component):
    """Nothing for those who work in no section: they keep lists and accounts."""

    order = 10

    class Media:
        css = {"all": ["cms/manage/manage.css"]}

    def render_html(self, parent_context: Any = None) -> str:
        request = parent_context["request"]
        if not works_here(request.user):
            return ""
        shown = start_page(request.user, at=timezone.now())
        return render_to_string("manage/panel.html", {"start": shown}, request=request)
