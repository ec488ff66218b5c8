"""What an officer does about one offer or one place in line, each with a reason."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.refusal import Refusal
from accounts.domain.sections import require_section
from enrollments.domain.answering import record_answer, take_back_offer
from enrollments.domain.line import let_pass, move_in_line
from enrollments.forms.back_office import ReasonForm
from enrollments.forms.waiting_list import LineForm
from enrollments.models import Application, Offer
from enrollments.views.back_office.frame import run_page


@require_POST
def offer_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody said on the telephone: `answer` accept or decline."""
    offer = _offer(request, pk)
    answer = request.POST.get("answer")
    if answer in ("accept", "decline"):
        try:
            record_answer(
                offer=offer,
                accepts=answer == "accept",
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as refusal:
            messages.error(request, str(refusal.sentence))
        else:
            messages.success(request, _("回答を記録しました。"))
    return redirect("manage_waiting_list", offer.application.run.code)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offer_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    offer = _offer(request, pk)

    def act(found: dict[str, Any]) -> None:
        take_back_offer(
            offer=offer, by=request.user, at=timezone.now(), why=found["reason"]
        )

    return _with_reason(
        request,
        offer.application,
        ReasonForm(request.POST or None),
        act,
        title=_("ご案内を取り下げる"),
        explains=_(
            "もとの順番のキャンセル待ちに戻ります。本人に理由を知らせます。"
            "空いた席は、次に「いま案内する」を押すか、順番が動くまで空いたままです。"
        ),
        button=_("取り下げて知らせる"),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def line_move(request: HttpRequest, pk: int) -> HttpResponse:
    application = _application(request, pk)
    form = LineForm(request.POST or None)
    form.fields["to"].required = True

    def act(found: dict[str, Any]) -> None:
        move_in_line(
            application=application,
            to=found["to"],
            by=request.user,
            at=timezone.now(),
            why=found["reason"],
        )

    return _with_reason(
        request,
        application,
        form,
        act,
        title=_("順番を変える"),
        explains=_("間にいる方の順番もずれます。変更は記録に残ります。"),
        button=_("順番を変える"),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def line_pass(request: HttpRequest, pk: int) -> HttpResponse:
    application = _application(request, pk)
    form = LineForm(request.POST or None)
    del form.fields["to"]

    def act(found: dict[str, Any]) -> None:
        let_pass(
            application=application,
            by=request.user,
            at=timezone.now(),
            why=found["reason"],
        )

    return _with_reason(
        request,
        application,
        form,
        act,
        title=_("後の方に先に案内する"),
        explains=_(
            "人数分の席がそろうまで、空いた席を後の方に案内します。"
            "この申込みの順番は変わらず、足りる席が空けばいちばん先に案内します。"
        ),
        button=_("後の方に案内する"),
    )


def _with_reason(
    request: HttpRequest,
    application: Application,
    form: Any,
    act: Callable[[dict[str, Any]], None],
    **words: str,
) -> HttpResponse:
    """A page that says what will be done and asks why."""
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refusal as found:
            refusal = found
        else:
            messages.success(request, _("記録しました。"))
            return redirect("manage_waiting_list", application.run.code)
    return run_page(
        request,
        "manage/line_act.html",
        application.run,
        status=409 if refusal else 422 if form.errors else 200,
        application=application,
        form=form,
        refusal=refusal,
        **words,
    )


def _offer(request: HttpRequest, pk: int) -> Offer:
    offers = Offer.objects.select_related("application__run__course__department")
    found = get_object_or_404(offers, pk=pk)
    require_section(request.user, found.application.run.course.department)
    return found


def _application(request: HttpRequest, pk: int) -> Application:
    applications = Application.objects.select_related(
        "run__course__department", "run__venue", "pool"
    )
    found = get_object_or_404(applications, pk=pk)
    require_section(request.user, found.run.course.department)
    return found
