"""学びの記録, to look at and to take along: with an account all of it, with a secret link
that of the one application."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.views.paper import paper_response, table_response
from enrollments.domain.finishing.learning_record import (
    LearningRecord,
    record_of,
    record_of_application,
)
from enrollments.exchange.learning_record import record_csv, record_paper
from enrollments.models import Application
from enrollments.views.application import by_secret_link
from enrollments.views.record_lines import shown


@never_cache
@login_required
@require_safe
def my_record(request: HttpRequest) -> HttpResponse:
    record = record_of(request.user, at=timezone.now())
    return render(
        request, "enrollments/record.html", {"record": record, "years": shown(record)}
    )


@never_cache
@login_required
@require_safe
def my_record_file(request: HttpRequest, form: str) -> HttpResponse:
    record = record_of(request.user, at=timezone.now())
    return _file(request, record, form, name=request.user.get_full_name())


@require_safe
@by_secret_link
def application_record(
    request: HttpRequest, application: Application, token: str, form: str
) -> HttpResponse:
    record = record_of_application(application, at=timezone.now())
    people = [one.participant.full_name for year in record.years for one in year.courses]
    if not people:
        raise Http404
    return _file(request, record, form, name="、".join(people))


def _file(
    request: HttpRequest, record: LearningRecord, form: str, *, name: str
) -> HttpResponse:
    title = _("学びの記録")
    if form == "pdf":
        return paper_response(record_paper(record, name=name, at=timezone.now()), title)
    return table_response(record_csv(record), title)
