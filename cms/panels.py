"""What an officer sees first: today's sessions, what needs somebody, and the section's
runs that are still going on."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from wagtail.admin.ui.components import Component

from accounts.domain.sections import section_of
from courses.models import Session
from enrollments.views.back_office.messages import NEEDS_SOMEBODY, messages_of
from enrollments.views.back_office.runs import lines_of, runs_of

SHOWN = 10


class OwnRunsPanel(Component):
    order = 10

    class Media:
        css = {"all": ["cms/manage/manage.css"]}

    def render_html(self, parent_context: Any = None) -> str:
        request = parent_context["request"]
        user = request.user
        section = section_of(user)
        if section is None and not user.is_superuser:
            return ""
        now = timezone.now()
        own = runs_of(user)
        coming = own.filter(last_end__gt=now).order_by("last_end", "code")
        failed = messages_of(user).filter(state__in=NEEDS_SOMEBODY).count()
        context = {
            "section": section,
            "lines": lines_of(coming[:SHOWN], at=now),
            "sessions": _todays(own.values("pk")),
            "failed": failed,
        }
        return render_to_string("manage/panel.html", context, request=request)


def _todays(runs: Any) -> Any:
    today = Session.objects.filter(run__in=runs, starts_at__date=timezone.localdate())
    return today.select_related("run__course", "run__venue", "venue", "room__venue")
