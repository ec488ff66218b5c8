"""A group's page: for everybody its name, activity and stage; for members the rest."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from enrollments.domain.recommending.shown import ShownRecommendation, shown
from learning_paths.domain.activities import lanes_of
from learning_paths.domain.contacting import public_contact
from learning_paths.domain.following import paths_of_stage
from learning_paths.domain.group_states import last_reason
from learning_paths.domain.membership import (
    is_organiser,
    may_remove,
    membership_of,
    name_among_members,
)
from learning_paths.domain.page_changes import open_change
from learning_paths.domain.queries import invited_to, members_of
from learning_paths.domain.recommending import recommended_to_group
from learning_paths.domain.renewing import open_renewal, year_to_renew
from learning_paths.domain.stages import current_stage, latest_statement, stage_history
from learning_paths.domain.standings import PathStanding, standings_on_paths
from learning_paths.enums import GroupState, MemberRole
from learning_paths.forms.invitations import InvitationsForm
from learning_paths.forms.stage import StageForm
from learning_paths.models import Group, Membership, StageRecord
from learning_paths.views.outreach.group_lines import outreach_lines
from learning_paths.views.path_lines import lines_of, next_up

RECOMMENDED = 4


@dataclass(frozen=True)
class MemberLine:
    """As the visitor may see it: `email` is empty for those who may not."""

    pk: int
    name: str
    role: str
    email: str
    is_own: bool
    may_change: bool


@never_cache
@require_safe
def show_group(request: HttpRequest, code: str) -> HttpResponse:
    group = get_object_or_404(Group.objects.select_related("merged_into"), code=code)
    own = membership_of(request.user, group)
    if own is not None:
        own.group = group
        context = members_context(own, at=timezone.now())
        response = render(request, "learning_paths/group_members.html", context)
        response["X-Robots-Tag"] = "noindex"
        return response
    if group.merged_into is not None:
        return redirect(group.merged_into, permanent=True)
    if group.state != GroupState.REGISTERED:
        raise Http404
    record = current_stage(group)
    context = {
        "group": group,
        "stage": record.stage if record else None,
        "themes": group.themes.all(),
        "contact": public_contact(group),
    }
    return render(request, "learning_paths/group.html", context)


def members_context(own: Membership, *, at: datetime) -> dict[str, Any]:
    group = own.group
    members = members_of(group)
    history = stage_history(group)
    standings = standings_on_paths(group, members)
    lines = lines_of(standings, members, at=at)
    followed = {line.path for line in lines}
    current = latest_statement(history)
    suggested = paths_of_stage(current.stage) if current else []
    return {
        "group": group,
        "own": own,
        "organises": is_organiser(own),
        "is_open": group.state == GroupState.REGISTERED,
        "lanes": lanes_of(group, history),
        "current": current,
        "paths": lines,
        "next_up": next_up(lines),
        "recommended": _recommended(group, members, standings, history, at=at),
        "suggested": [path for path in suggested if path not in followed],
        "members": [_member_line(member, own) for member in members],
        "themes": group.themes.all(),
        "declined": last_reason(group),
        "waiting_change": open_change(group),
        "waiting_renewal": open_renewal(group),
        "renews_for": year_to_renew(group, at=at),
        "invited": invited_to(group),
        "stage_form": StageForm(group=group, initial={"as_of": timezone.localdate(at)}),
        "invite_form": InvitationsForm(),
        "outreach": outreach_lines(group, organises=is_organiser(own)),
    }


def _recommended(
    group: Group,
    members: list[Membership],
    standings: list[PathStanding],
    history: list[StageRecord],
    *,
    at: datetime,
) -> list[ShownRecommendation]:
    if group.state != GroupState.REGISTERED:
        return []
    found = recommended_to_group(group, members, standings, history, at=at)
    return shown(found[:RECOMMENDED], at=at)


def _member_line(member: Membership, own: Membership) -> MemberLine:
    leads = own.role == MemberRole.LEADER
    return MemberLine(
        pk=member.pk,
        name=name_among_members(member),
        role=member.get_role_display(),
        email=member.email if is_organiser(own) else "",
        is_own=member.pk == own.pk,
        may_change=leads or (member.pk != own.pk and may_remove(own, member)),
    )
