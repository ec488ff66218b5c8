"""学びたい as planners see it: what is wanted most, by theme, and what waits for them."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.models import Theme
from enrollments.enums import Channel
from learning_paths.domain.wanted.asking import enter_request
from learning_paths.domain.wanted.reading import (
    demand_by_theme,
    requests_for_staff,
    waiting_for,
)
from learning_paths.enums import RequestState
from learning_paths.forms.wanted import EnteredForm, RequestFilterForm
from learning_paths.views.back_office.frame import carried_out, desk_page, for_staff

PER_PAGE = 50
SHOWN_STATES = [one for one in RequestState if one != RequestState.UNCONFIRMED]


@for_staff
@require_safe
def wanted_list(request: HttpRequest) -> HttpResponse:
    """Without `state`, first what this person has to do something about."""
    said = RequestFilterForm(request.GET).wanted()
    found = requests_for_staff(state=said["state"], theme=said["theme"])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return desk_page(
        request,
        "requests",
        title=_("学びたい"),
        root="manage_requests",
        waiting=waiting_for(request.user).with_voices().select_related("theme"),
        demand=demand_by_theme(),
        page_obj=page,
        page_range=page.paginator.get_elided_page_range(page.number),
        said=said,
        theme=Theme.objects.filter(key=said["theme"]).first() if said["theme"] else None,
        states=[(state.value, state.label) for state in SHOWN_STATES],
    )


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def enter_wanted(request: HttpRequest) -> HttpResponse:
    """For somebody who telephoned or came to the counter."""
    form = EnteredForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def enter() -> None:
            enter_request(
                facts=form.facts(),
                name=said["name"],
                phone=said["phone"],
                email=said["email"],
                channel=Channel(said["channel"]),
                form_key=said["form_key"],
                by=request.user,
                at=timezone.now(),
            )

        if carried_out(request, form, enter, _("希望を受け付けました。")):
            return redirect("manage_requests")
    return desk_page(
        request,
        "request_new",
        title=_("電話などの希望を入力する"),
        root="manage_requests",
        form=form,
        forms={"form": form},
    )
