"""One wish in the back office: looked at, answered, and told to those without mail."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.domain.access import log_access
from accounts.domain.refusal import NotAllowed
from accounts.models import User
from enrollments.enums import Channel
from learning_paths.domain.by_hand import to_telephone
from learning_paths.domain.wanted.answering import answer_request, may_answer
from learning_paths.domain.wanted.joining import enter_voice
from learning_paths.domain.wanted.moderating import (
    decline_request,
    may_moderate,
    merge_request,
    publish_request,
)
from learning_paths.domain.wanted.reading import similar_to
from learning_paths.domain.wanted.similar import Words
from learning_paths.domain.wanted.states import ANSWERS, MOVES, TAKES_VOICES
from learning_paths.enums import RequestState, SuitableTime
from learning_paths.forms.requests_desk import (
    AnswerForm,
    MergeForm,
    PublishForm,
    ReasonForm,
)
from learning_paths.forms.wanted import VoiceForm, facts_initial
from learning_paths.models import LearningRequest
from learning_paths.views.back_office.frame import (
    Act,
    desk_page,
    for_staff,
    note_told,
    step_done,
)


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def wanted(request: HttpRequest, pk: int) -> HttpResponse:
    """`step` says which form was sent: publish, decline, merge, answer, voice or told."""
    found = LearningRequest.objects.exclude(state=RequestState.UNCONFIRMED).with_voices()
    one = get_object_or_404(
        found.select_related("theme", "audience", "department", "group", "course"), pk=pk
    )
    step = request.POST.get("step", "")
    forms = _forms(request, one, step)
    if step == "told":
        if not _tells(request.user, one):
            raise NotAllowed
        note_told(request, _by_hand(one))
        return redirect("manage_request", pk)
    if request.method == "POST" and step_done(request, forms, partial(_act, request, one)):
        return redirect("manage_request", pk)
    return _page(request, one, forms)


def _forms(request: HttpRequest, one: LearningRequest, step: str) -> dict[str, Any]:
    def data(name: str) -> Any:
        return request.POST if step == name else None

    found: dict[str, Any] = {}
    ways = MOVES[RequestState(one.state)]
    if may_moderate(request.user):
        if RequestState.OPEN in ways:
            initial = facts_initial(one)
            found["publish"] = PublishForm(
                data("publish"), initial=initial, prefix="publish"
            )
        if RequestState.DECLINED in ways:
            found["decline"] = ReasonForm(data("decline"), prefix="decline")
        if RequestState.MERGED in ways:
            found["merge"] = MergeForm(data("merge"), request=one, prefix="merge")
    if ways & set(ANSWERS) and may_answer(one, request.user):
        found["answer"] = AnswerForm(data("answer"), request=one, prefix="answer")
    if one.state in TAKES_VOICES:
        found["voice"] = VoiceForm(data("voice"), prefix="voice")
    return found


def _act(request: HttpRequest, one: LearningRequest, step: str, form: Any) -> Act:
    said, who = form.cleaned_data, {"by": request.user, "at": timezone.now()}
    acts: dict[str, Act] = {
        "publish": (
            lambda: publish_request(request=one, facts=form.facts(), **who),
            _("公開して、本人に知らせました。"),
        ),
        "decline": (
            lambda: decline_request(request=one, why=said["why"], **who),
            _("公開しないことを、本人に知らせました。"),
        ),
        "merge": (
            lambda: merge_request(request=one, into=said["into"], **who),
            _("声をまとめて、本人に知らせました。"),
        ),
        "answer": (
            lambda: answer_request(
                request=one,
                to=RequestState(said["to"]),
                words=said["words"],
                course=said["course"],
                run=said["run"],
                **who,
            ),
            _("答えを公開して、希望した方に知らせました。"),
        ),
        "voice": (
            lambda: enter_voice(
                request=one,
                name=said["name"],
                phone=said["phone"],
                channel=Channel(said["channel"]),
                **who,
            ),
            _("声を加えました。"),
        ),
    }
    return acts[step]


def _tells(user: User, one: LearningRequest) -> bool:
    """Whether the person telephones those who have no mail; no other section does."""
    return may_answer(one, user) or may_moderate(user)


def _by_hand(one: LearningRequest) -> Any:
    """With every answer that was given to it, or to what was put together with it."""
    moves = one.moves.values_list("pk", flat=True)
    return to_telephone([f"learning-request:{pk}:" for pk in moves])


def _page(
    request: HttpRequest, one: LearningRequest, forms: dict[str, Any]
) -> HttpResponse:
    telephone = list(_by_hand(one)) if _tells(request.user, one) else []
    if telephone:
        log_access(
            subject=f"learning-request:{one.pk}",
            people=len(telephone),
            by=request.user,
            at=timezone.now(),
        )
    words = Words(one.title, one.detail, one.theme_id or 0)
    alike = similar_to(words) if "merge" in forms else []
    return desk_page(
        request,
        "request",
        title=one.title,
        root="manage_requests",
        forms=forms,
        one=one,
        suits=[SuitableTime(value).label for value in one.suits],
        moves=one.moves.select_related("by"),
        alike=[other for other in alike if other.pk != one.pk],
        telephone=telephone,
    )
