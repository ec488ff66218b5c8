"""事前の質問 of a run in the back office: collected, sorted, merged, published. For
staff of the section, who see from which side a question came and never from whom."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.domain.refusal import NotAllowed, Refusal
from accounts.forms.fields import row_number
from courses.models import CourseRun
from enrollments.domain.advance_questions.asking import write_down
from enrollments.domain.advance_questions.calling import collect_questions, stop_collecting
from enrollments.domain.advance_questions.publishing import may_publish_questions
from enrollments.domain.advance_questions.reading import counts, sorted_questions
from enrollments.enums import SurveyAudience
from enrollments.forms.advance_questions import CallForm, WriteDownForm
from enrollments.models import AdvanceQuestion, QuestionCall
from enrollments.models.advance_question import SIDES
from enrollments.views.back_office.frame import run_for, run_page
from enrollments.views.back_office.question_acts import act_on


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest, code: str) -> HttpResponse:
    """`act` is `collect`, `stop` or `write-down`; of one `question` those of `act_on`."""
    run = run_for(request, code)
    call = QuestionCall.objects.filter(run=run).first()
    page = _Page(request, run, call)
    if request.method == "POST" and page.act(timezone.now()):
        return redirect(page.address)
    side = request.GET.get("side", "")
    side = side if side in SIDES else ""
    topics = sorted_questions(call, side=side) if call else []
    return run_page(
        request,
        "manage/questions.html",
        run,
        title=_("事前の質問"),
        current="manage_questions",
        status=page.status,
        call=call,
        is_open=call is not None and call.closes_at > timezone.now(),
        topics=topics,
        targets=[line.question for topic in topics for line in topic.lines],
        counts=_counted(call),
        side=side,
        may_publish=may_publish_questions(run.course, by=request.user),
        **page.context(),
    )


def _counted(call: QuestionCall | None) -> list[tuple[str, str, int]]:
    if call is None:
        return []
    found = counts(call)
    return [(side, str(SurveyAudience(side).label), found[side]) for side in SIDES]


class _Page:
    """What was posted, and how it ended."""

    def __init__(
        self, request: HttpRequest, run: CourseRun, call: QuestionCall | None
    ) -> None:
        self.request, self.run, self.call = request, run, call
        self.name = request.POST.get("act", "")
        self.refusal: Refusal | None = None
        said = {"closes_at": call.closes_at, "prompt": call.prompt} if call else None
        self.call_form = CallForm(
            request.POST if self.name == "collect" else None, initial=said
        )
        self.paper = WriteDownForm(request.POST if self.name == "write-down" else None)

    @property
    def address(self) -> str:
        return reverse("manage_questions", args=[self.run.code])

    @property
    def status(self) -> int:
        wrong = self.call_form.errors or self.paper.errors
        return 409 if self.refusal else 422 if wrong else 200

    def act(self, at: datetime) -> bool:
        try:
            return self._act(at)
        except NotAllowed:
            raise
        except Refusal as refusal:
            self.refusal = refusal
            return False

    def _act(self, at: datetime) -> bool:
        user = self.request.user
        if self.name == "collect":
            if not self.call_form.is_valid():
                return False
            collect_questions(run=self.run, by=user, at=at, **self.call_form.cleaned_data)
            messages.success(self.request, _("質問の締切を保存しました。"))
        elif self.name == "stop":
            stop_collecting(run=self.run, by=user, at=at)
            messages.success(self.request, _("質問の受付を終わりました。"))
        elif self.call is None:
            raise Http404
        elif self.name == "write-down":
            if not self.paper.is_valid():
                return False
            write_down(call=self.call, by=user, at=at, **self.paper.cleaned_data)
            messages.success(self.request, _("質問を加えました。"))
        else:
            act_on(self.request, self._question(), self.name, at)
        return True

    def _question(self) -> AdvanceQuestion:
        every = AdvanceQuestion.objects.filter(call=self.call).select_related("call")
        key = row_number(self.request.POST.get("question", "")) or 0
        return get_object_or_404(every, pk=key)

    def context(self) -> dict[str, Any]:
        return {
            "call_form": self.call_form,
            "paper": self.paper,
            "refusal": self.refusal,
            "wrong": bool(self.call_form.errors or self.paper.errors),
            "forms": [self.call_form, self.paper],
        }
