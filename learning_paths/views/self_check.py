"""The self-check, for anybody: nothing is stored unless an organiser keeps the result."""

from django.contrib import messages
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.forms.fields import row_number
from accounts.models import User
from learning_paths.domain.checks import (
    check_in_force,
    outcome_of,
    outcome_of_result,
    questions_of,
    record_check,
)
from learning_paths.domain.membership import is_organiser
from learning_paths.domain.queries import groups_of
from learning_paths.enums import GroupState
from learning_paths.models import Activity, Membership, StageCheck
from learning_paths.views.access import for_members, for_organisers
from learning_paths.views.refused import refusals_on_group_page

MOST_ANSWERS = 60


@never_cache
@require_safe
def self_check(request: HttpRequest) -> HttpResponse:
    """The answers stand in the address, so that a result can be kept and sent on; they
    say nothing of anybody."""
    check = check_in_force()
    if check is None:
        return render(request, "learning_paths/check_none.html")
    answers = answers_in(request.GET)
    outcome = outcome_of(check, answers) if answers else None
    context = {
        "check": check,
        "questions": questions_of(check),
        "answers": answers,
        "asked": "answered" in request.GET,
        "outcome": outcome,
        "own_groups": _organised_by(request.user) if outcome and outcome.stage else [],
    }
    return render(request, "learning_paths/check.html", context)


def answers_in(data: QueryDict) -> set[int]:
    typed = [value for name, value in data.items() if name.startswith("q")]
    return {key for key in map(row_number, typed[:MOST_ANSWERS]) if key}


def _organised_by(user: object) -> list[Membership]:
    """Groups that the visitor may speak for, each with the activities that go on."""
    if not isinstance(user, User):
        return []
    found = [
        one
        for one in groups_of(user)
        if is_organiser(one) and one.group.state == GroupState.REGISTERED
    ]
    going_on = Activity.objects.filter(ended_on=None)
    prefetch_related_objects(
        [one.group for one in found], Prefetch("activities", going_on, to_attr="going_on")
    )
    return found


@for_organisers
@require_POST
@refusals_on_group_page
def group_check_record(request: HttpRequest, own: Membership) -> HttpResponse:
    check = get_object_or_404(
        StageCheck, pk=row_number(request.POST.get("check", "")), published_at__isnull=False
    )
    activity = None
    if chosen := request.POST.get("activity", ""):
        activity = get_object_or_404(own.group.activities, pk=row_number(chosen))
    record_check(
        group=own.group,
        check=check,
        answers=answers_in(request.POST),
        activity=activity,
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, _("自己診断の結果を、ステージとして記録しました。"))
    return redirect(own.group)


@for_members
@require_safe
def group_check_result(request: HttpRequest, own: Membership, pk: int) -> HttpResponse:
    """What was recorded, explained by the version that was answered then."""
    result = get_object_or_404(
        own.group.check_results.select_related("check_version", "activity"), pk=pk
    )
    outcome = outcome_of_result(result)
    if outcome.stage is None:
        raise Http404
    context = {"group": own.group, "result": result, "outcome": outcome}
    return render(request, "learning_paths/check_result.html", context)
