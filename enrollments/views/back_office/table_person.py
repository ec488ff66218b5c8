"""One person's seat: what a move to each table would mean, and with whom to change."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.domain.access import log_access
from courses.models import Session
from enrollments.domain.tables.advising import exchanges_for, moves_for
from enrollments.domain.tables.standing import plan_of, standing_of
from enrollments.views.back_office.frame import run_for, run_page

EXCHANGES_SHOWN = 12


@never_cache
@require_safe
def table_person(request: HttpRequest, code: str, number: int, pk: int) -> HttpResponse:
    run = run_for(request, code)
    session = get_object_or_404(Session, run=run, number=number)
    plan = plan_of(session)
    now = standing_of(plan) if plan else None
    if now is None or pk not in now.seats:
        raise Http404
    person = now.participants[pk]
    log_access(
        subject=f"テーブル分け {run.code} 第{session.number}回",
        people=len(now.participants),
        by=request.user,
        at=timezone.now(),
    )
    known = {
        "people": list(now.people.values()),
        "seating": now.seating,
        "tables": now.tables,
    }
    exchanges = exchanges_for(pk, **known, fixed=now.locks)
    return run_page(
        request,
        "manage/table_person.html",
        run,
        title=_("%(name)sさんの席") % {"name": person},
        session=session,
        person=person,
        seat=now.seats[pk],
        advice=moves_for(pk, **known),
        exchanges=[(one, now.participants[one.key]) for one in exchanges[:EXCHANGES_SHOWN]],
    )
