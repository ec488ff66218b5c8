"""What an officer sees first: the section's runs that are still going on."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from wagtail.admin.ui.components import Component

from courses.domain.reception import facts_of, public_words, reception_status
from courses.models import Session
from enrollments.views.back_office.messages import NEEDS_SOMEBODY, messages_of
from enrollments.views.back_office.runs import runs_of

SHOWN = 10


class OwnRunsPanel(Component):
    order = 10

    def render_html(self, parent_context: Any = None) -> str:
        request = parent_context["request"]
        now = timezone.now()
        coming = runs_of(request.user).filter(last_end__gt=now).order_by("last_end")
        rows = []
        for run in coming[:SHOWN]:
            facts = facts_of(run)
            label = public_words(facts, reception_status(facts, at=now))
            rows.append({"run": run, "facts": facts, "status_label": label})
        day = timezone.localdate()
        sessions = Session.objects.filter(
            run__in=runs_of(request.user).values("pk"), starts_at__date=day
        ).select_related("run__course")
        failed = 0
        if request.user.is_superuser or hasattr(request.user, "staff_profile"):
            failed = messages_of(request.user).filter(state__in=NEEDS_SOMEBODY).count()
        context = {"rows": rows, "sessions": sessions, "failed": failed}
        return render_to_string("manage/panel.html", context, request=request)
