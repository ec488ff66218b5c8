"""The list of groups, registering one, and correcting what the public reads about it."""

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
from learning_paths.domain.joining import invitations_for
from learning_paths.domain.links import invitation_token
from learning_paths.domain.queries import groups_of, public_groups
from learning_paths.domain.registering import change_group, register_group
from learning_paths.forms.group import GroupForm, facts_of
from learning_paths.forms.refused import refusals_into
from learning_paths.models import Membership
from learning_paths.views.access import for_organisers

PER_PAGE = 50


@never_cache
@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """What groups are for, one's own, and everybody's by name and activity."""
    page = Paginator(public_groups(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
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
            group = register_group(**form.facts(), by=request.user, at=now)
            messages.success(request, _("団体を登録しました。次に、会員を招待しましょう。"))
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
    form = GroupForm(request.POST or None, initial=facts_of(own.group))
    if request.method == "POST" and form.is_valid():
        with refusals_into(form, "name"):
            group = change_group(
                group=own.group, **form.facts(), by=request.user, at=timezone.now()
            )
            messages.success(request, _("団体の紹介を保存しました。"))
            return redirect(group)
    return render(
        request,
        "learning_paths/group_form.html",
        {"form": form, "group": own.group},
        status=422 if form.errors else 200,
    )
