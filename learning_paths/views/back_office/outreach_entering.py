"""A request that came by telephone or at the counter, entered by the section."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.domain.sections import require_section
from enrollments.enums import Channel
from learning_paths.domain.outreach.asking import enter_outreach
from learning_paths.forms.outreach import EnteredOutreachForm
from learning_paths.models import OutreachEntry
from learning_paths.views.back_office.frame import carried_out, desk_page, for_staff


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """`pk` is that of the menu's entry."""
    entry = get_object_or_404(
        OutreachEntry.objects.select_related("course__department"), pk=pk
    )
    require_section(request.user, entry.course.department)
    form = EnteredOutreachForm(request.POST or None, entry=entry)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def write() -> None:
            enter_outreach(
                entry=entry,
                asked=form.asked(),
                channel=Channel(said["channel"]),
                by=request.user,
                at=timezone.now(),
                form_key=said["form_key"],
            )

        if carried_out(request, form, write, _("申込みを受け付けました。")):
            return redirect("manage_outreach")
    return desk_page(
        request,
        "outreach_new",
        title=_("電話などの申込みを入力する"),
        root="manage_outreach",
        entry=entry,
        form=form,
        forms={"form": form},
    )
