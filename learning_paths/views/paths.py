"""The group chooses which paths it follows."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms.fields import row_number
from learning_paths.domain.following import follow_path, unfollow_path
from learning_paths.domain.moving_on import move_to_newest, preview_of
from learning_paths.domain.path_refusals import NotFollowed
from learning_paths.domain.queries import members_of, paths_to_choose
from learning_paths.domain.stages import current_stage
from learning_paths.domain.step_words import rule_sentences
from learning_paths.models import Membership, Path
from learning_paths.views.access import for_organisers
from learning_paths.views.refused import refusals_on_group_page


@for_organisers
@require_http_methods(["GET", "HEAD", "POST"])
@refusals_on_group_page
def group_path(request: HttpRequest, own: Membership) -> HttpResponse:
    """All published paths, those of the group's stage first; POST follows one."""
    if request.method == "POST":
        return _follow(request, own)
    record = current_stage(own.group)
    stage = record.stage_id if record else None
    paths = paths_to_choose(own.group)
    context = {
        "group": own.group,
        "stage": record.stage if record else None,
        "suggested": [path for path in paths if stage and path.stage_id == stage],
        "others": [path for path in paths if not stage or path.stage_id != stage],
    }
    return render(request, "learning_paths/path_choice.html", context)


def _follow(request: HttpRequest, own: Membership) -> HttpResponse:
    path = get_object_or_404(Path, pk=row_number(request.POST.get("path", "")))
    follow_path(group=own.group, path=path, by=request.user, at=timezone.now())
    words = _("「%(path)s」を進めることにしました。") % {"path": path.label}
    messages.success(request, words)
    return redirect(own.group)


@for_organisers
@require_POST
@refusals_on_group_page
def group_path_stop(request: HttpRequest, own: Membership, pk: int) -> HttpResponse:
    path = get_object_or_404(Path, pk=pk)
    if not unfollow_path(group=own.group, path=path, by=request.user, at=timezone.now()):
        raise Http404
    words = _("「%(path)s」を進めるのをやめました。") % {"path": path.label}
    messages.success(request, words)
    return redirect(own.group)


@for_organisers
@require_http_methods(["GET", "HEAD", "POST"])
@refusals_on_group_page
def group_path_move(request: HttpRequest, own: Membership, pk: int) -> HttpResponse:
    """What changes with the newest version; POST moves to it."""
    path = get_object_or_404(Path, pk=pk)
    if request.method == "POST":
        move_to_newest(group=own.group, path=path, by=request.user, at=timezone.now())
        words = _("「%(path)s」の新しい版に移りました。") % {"path": path.label}
        messages.success(request, words)
        return redirect(own.group)
    followed = own.group.paths.filter(path=path, stopped_on=None).first()
    if followed is None:
        raise NotFollowed
    preview = preview_of(followed, members_of(own.group))
    changed = [
        (one.step.label, rule_sentences(one.step, offered=len(one.courses)))
        for one in preview.changed
    ]
    context = {"group": own.group, "path": path, "preview": preview, "changed": changed}
    return render(request, "learning_paths/path_move.html", context)
