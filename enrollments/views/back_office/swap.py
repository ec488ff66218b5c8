"""空いた席のゆずり: the rule, what it would do now, and doing it sooner with a reason. For
staff of the run's section only."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.domain.refusal import Refusal
from courses.domain.swap_rules import drop_swap_rule, set_swap_rule, swap_words
from courses.models import CourseRun, SwapRule
from courses.models.localised import in_english
from enrollments.domain.swapping import Gift, gifts_of, swap_now
from enrollments.forms.swap import SwapRuleForm
from enrollments.views.back_office.frame import run_for, run_page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def swap(request: HttpRequest, code: str) -> HttpResponse:
    """`action` is `save`, `drop` or `now`."""
    run = run_for(request, code)
    rule = SwapRule.objects.filter(run=run).select_related("done_by").first()
    action = request.POST.get("action", "")
    form = SwapRuleForm(request.POST if action == "save" else None, run=run, rule=rule)
    refusal: Refusal | None = None
    if request.method == "POST" and (action != "save" or form.is_valid()):
        try:
            _act(request, run, action, form)
        except Refusal as found:
            refusal = found
        else:
            return redirect("manage_swap", run.code)
    gifts, held_up = _preview(rule)
    today = timezone.localdate()
    return run_page(
        request,
        "manage/swap.html",
        run,
        title=_("空いた席のゆずり"),
        current="manage_ways_in",
        status=409 if refusal else 422 if form.errors else 200,
        refusal=refusal,
        rule=rule,
        words=swap_words(rule, today=today, english=in_english()) if rule else "",
        form=form,
        wrong=bool(form.errors),
        forms=[form],
        gifts=gifts,
        held_up=held_up,
    )


def _preview(rule: SwapRule | None) -> tuple[list[Gift], Refusal | None]:
    if rule is None or rule.done_at is not None:
        return [], None
    try:
        return gifts_of(rule), None
    except Refusal as why:
        return [], why


def _act(request: HttpRequest, run: CourseRun, action: str, form: SwapRuleForm) -> None:
    """Raises: those of the acts."""
    now = timezone.now()
    if action == "save":
        set_swap_rule(run=run, by=request.user, at=now, **form.cleaned_data)
        messages.success(request, _("決まりを保存しました。公開ページに出ます。"))
    elif action == "drop":
        drop_swap_rule(run=run, by=request.user, at=now)
        messages.success(request, _("決まりを取り消しました。"))
    elif action == "now":
        reason = request.POST.get("reason", "")
        done = swap_now(run=run, reason=reason, by=request.user, at=now)
        words = _("%(number)s席を回しました。キャンセル待ちの方には順に知らせます。")
        messages.success(request, words % {"number": done.moved})
