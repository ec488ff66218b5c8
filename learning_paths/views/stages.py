"""The group states its stage."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from learning_paths.domain.stages import record_stage
from learning_paths.forms.refused import refusals_into
from learning_paths.forms.stage import StageForm
from learning_paths.models import Membership
from learning_paths.views.access import for_organisers


@for_organisers
@require_http_methods(["GET", "HEAD", "POST"])
def group_stage(request: HttpRequest, own: Membership) -> HttpResponse:
    form = StageForm(
        request.POST or None, group=own.group, initial={"as_of": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid():
        with refusals_into(form, "as_of"):
            record_stage(
                group=own.group, **form.statement(), by=request.user, at=timezone.now()
            )
            messages.success(request, _("ステージを記録しました。"))
            return redirect(own.group)
    return render(
        request,
        "learning_paths/stage.html",
        {"group": own.group, "form": form},
        status=422 if form.errors else 200,
    )
