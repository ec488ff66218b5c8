"""A group's learning record, for its members: to look at and to take along."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.views.paper import paper_response, table_response
from learning_paths.domain.group_record import GroupRecord, YearLearned, record_of_group
from learning_paths.domain.membership import name_among_members
from learning_paths.domain.queries import members_of
from learning_paths.exchange.group_record import (
    group_record_csv,
    group_record_paper,
    title_of,
    totals_words,
)
from learning_paths.models import Membership
from learning_paths.views.access import for_members


@require_safe
@for_members
def group_record(request: HttpRequest, own: Membership) -> HttpResponse:
    record = _record(own)
    context = {
        "group": own.group,
        "totals": totals_words(record),
        "years": [(year, _lines(year)) for year in record.years],
    }
    return render(request, "learning_paths/record.html", context)


@require_safe
@for_members
def group_record_file(request: HttpRequest, own: Membership, form: str) -> HttpResponse:
    record, title = _record(own), _("団体の学びの記録")
    if form == "pdf":
        paper = group_record_paper(record, name=own.group.name, at=timezone.now())
        return paper_response(paper, title)
    return table_response(group_record_csv(record), title)


def _record(own: Membership) -> GroupRecord:
    users = [member.user for member in members_of(own.group) if member.user]
    return record_of_group(own.group, users)


def _lines(year: YearLearned) -> list[tuple[str, int, list[str]]]:
    """Of each course its title, the sessions attended, and who completed it, once each."""
    return [
        (
            title_of(one.course),
            one.sessions,
            [name_among_members(user) for user in one.members],
        )
        for one in year.courses
    ]
