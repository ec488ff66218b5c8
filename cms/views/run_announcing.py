"""準備中 → 公開 of a run of a public course. For its section; where the city wants
approval, for the section's heads."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.domain.refusal import NotAllowed, Refusal
from cms.search.reindex import reindex_course
from courses.domain.announcing import announce_run
from enrollments.views.back_office.frame import run_for


@require_POST
def announce(request: HttpRequest, code: str) -> HttpResponse:
    run = run_for(request, code)
    try:
        announce_run(run=run, by=request.user, at=timezone.now())
    except NotAllowed:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        reindex_course(run.course)
        messages.success(request, _("開催を公開しました。"))
    return redirect("manage_run", code)
