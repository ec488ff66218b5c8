"""わたしのデータ on paper, for somebody without internet who asks at the counter: by staff
of the application's section who may take out personal data, for a reason that is kept."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.domain.access import log_access
from accounts.domain.export_rights import may_export_sensitive
from accounts.domain.own_data import data_of
from accounts.domain.refusal import NotAllowed
from accounts.domain.sections import require_section
from accounts.enums import AccessKind
from enrollments.domain.own_data.whose import whose_of
from enrollments.domain.support_rights import may_see_any_support
from enrollments.exchange.own_data import in_words
from enrollments.forms.own_data import PrintDataForm
from enrollments.models import Application
from enrollments.views.back_office.frame import run_page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def person_data(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first; a POST shows the sheets. Raises: Http404, NotAllowed."""
    application = get_object_or_404(
        Application.objects.select_related("run__course__department", "user"), pk=pk
    )
    require_section(request.user, application.run.course.department)
    if not may_export_sensitive(request.user):
        raise NotAllowed
    if application.sends_members:
        # Its people are the members whom a group sent, not one person.
        raise Http404
    form = PrintDataForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _sheets(request, application, form.cleaned_data["reason"])
    return run_page(
        request,
        "manage/person_data.html",
        application.run,
        title=_("本人のデータの印刷"),
        status=422 if form.errors else 200,
        application=application,
        form=form,
        forms=[form],
        wrong=bool(form.errors),
    )


def _sheets(request: HttpRequest, application: Application, reason: str) -> HttpResponse:
    now = timezone.now()
    told = data_of(whose_of(application), with_care=may_see_any_support(request.user))
    there = [one for one in told if one.rows]
    log_access(
        subject=f"本人のデータ {application.receipt_number}",
        people=1,
        by=request.user,
        at=now,
        kind=AccessKind.EXPORT,
        columns=[str(one.chapter.title) for one in there],
        reason=reason,
    )
    context = {"application": application, "chapters": in_words(there), "at": now}
    response = render(request, "manage/person_data_sheets.html", context)
    response["Cache-Control"] = "no-store, private"
    return response
