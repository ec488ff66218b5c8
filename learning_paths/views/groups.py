"""The list of groups, asking for a registration, and what the public reads about one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain.rate_limit import count_attempt
from accounts.models import User
from learning_paths.domain.directory import find_groups
from learning_paths.domain.facts import facts_from, facts_of
from learning_paths.domain.joining import invitations_for
from learning_paths.domain.links import invitation_token
from learning_paths.domain.page_changes import change_group, open_change
from learning_paths.domain.queries import groups_of
from learning_paths.domain.registering import apply_for_registration
from learning_paths.forms.directory import DirectoryForm
from learning_paths.forms.group import GroupForm, initial_of
from learning_paths.forms.refused import refusals_into
from learning_paths.models import Membership
from learning_paths.views.access import for_organisers

PER_PAGE = 50


@never_cache
@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """What groups are for, one's own, and everybody's to look for."""
    form = DirectoryForm(request.GET)
    found = find_groups(form.wanted).prefetch_related("themes")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    for group in page:
        group.stage = form.stages.get(group.stage_key)
    context = {
        "form": form,
        "facets": form.facets(),
        "chips": form.chips(),
        "page_obj": page,
        "page_range": page.paginator.get_elided_page_range(page.number),
        **(_own(request.user) if request.user.is_authenticated else {}),
    }
    return render(request, "learning_paths/groups.html", context)


def _own(user: User) -> dict[str, object]:
    invitations = invitations_for(user, at=timezone.now())
    return {
        "memberships": groups_of(user),
        "invitations": [(one.group, invitation_token(one)) for one in invitations],
    }


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_group(request: HttpRequest) -> HttpResponse:
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        with refusals_into(form, "name"):
            count_attempt(rule="group", who=f"account:{request.user.pk}", at=now)
            group = apply_for_registration(facts=form.facts(), by=request.user, at=now)
            words = _("登録を申請しました。担当課が確認して、メールでお知らせします。")
            messages.success(request, words)
            return redirect(group)
    return render(
        request,
        "learning_paths/group_form.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


@for_organisers
@require_http_methods(["GET", "HEAD", "POST"])
def edit_group(request: HttpRequest, own: Membership) -> HttpResponse:
    """Begins with what waits for staff, where something does."""
    waiting = open_change(own.group)
    now_said = facts_from(waiting.facts) if waiting else facts_of(own.group)
    form = GroupForm(request.POST or None, initial=initial_of(now_said))
    if request.method == "POST" and form.is_valid():
        with refusals_into(form, "name"):
            change = change_group(
                group=own.group, facts=form.facts(), by=request.user, at=timezone.now()
            )
            if change is None:
                messages.success(request, _("団体の紹介を保存しました。"))
            else:
                words = _("変更を受け付けました。担当課が確認してから公開します。")
                messages.success(request, words)
            return redirect(own.group)
    return render(
        request,
        "learning_paths/group_form.html",
        {"form": form, "group": own.group, "waiting": waiting},
        status=422 if form.errors else 200,
    )
