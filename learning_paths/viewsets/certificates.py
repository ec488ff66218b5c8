"""A group's certificates of paths, for staff who keep the register: for groups that have
nobody who signs in."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.domain.refusal import NotAllowed, Refusal
from enrollments.models import Certificate
from learning_paths.domain.membership import may_manage_groups
from learning_paths.domain.path_certificates import certificates_of, issue_path_certificate
from learning_paths.domain.queries import members_of
from learning_paths.domain.standings import PathStanding, standings_on_paths
from learning_paths.models import Group, Path


@dataclass(frozen=True)
class PathRow:
    standing: PathStanding
    certificate: Certificate | None


def path_rows(group: Group) -> list[PathRow]:
    """What the group follows, and the certificate where it has one."""
    standings = standings_on_paths(group, members_of(group))
    known = certificates_of(one.followed for one in standings)
    return [PathRow(one, known.get(one.followed.pk)) for one in standings]


@require_POST
def register_certificate(request: HttpRequest, pk: int, path: int) -> HttpResponse:
    if not may_manage_groups(request.user):
        raise NotAllowed
    group = get_object_or_404(Group, pk=pk)
    try:
        issued = issue_path_certificate(
            group=group,
            path=get_object_or_404(Path, pk=path),
            by=request.user,
            at=timezone.now(),
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        words = _("修了証を発行しました（%(number)s）。代表と担当の方に知らせました。")
        messages.success(request, words % {"number": issued.number})
    return redirect("civic_groups:edit", pk)
