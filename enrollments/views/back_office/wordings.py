"""A city's own wording of its messages: which there are, changing one, and trying it. For
those with the permission (administrators)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain.access import log_access
from accounts.domain.refusal import NotAllowed
from accounts.domain.sections import section_of
from enrollments.domain.message_placeholders import (
    EDITABLE,
    NEEDED,
    Context,
    placeholders_of,
)
from enrollments.domain.message_samples import made_up, sample_of
from enrollments.domain.message_starting import starting_wording
from enrollments.domain.message_templates import (
    LANGUAGES,
    WordingRefused,
    doubts_of,
    faults_of,
    filled,
    may_word_messages,
    return_to_standard,
    save_wording,
    tidy_wording,
)
from enrollments.enums import MessageKind
from enrollments.forms.wordings import SampleForm, WordingForm
from enrollments.models import Application, MessageTemplate


@require_safe
def wordings(request: HttpRequest) -> HttpResponse:
    _require(request)
    own = {(row.kind, row.language): row for row in MessageTemplate.objects.all()}
    lines = [
        (kind, [(language, own.get((kind, language))) for language in LANGUAGES])
        for kind in EDITABLE
    ]
    title = _("お知らせの文面")
    context = {"lines": lines, **_frame(title)}
    return render(request, "manage/wordings.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: HttpRequest, kind: str, language: str) -> HttpResponse:
    """A POST saves, tries without saving, or goes back to the product's words."""
    _require(request)
    if kind not in EDITABLE or language not in LANGUAGES:
        raise Http404
    which = {"kind": MessageKind(kind), "language": language}
    action = request.POST.get("action", "")
    if action == "standard":
        return_to_standard(**which, by=request.user)
        messages.success(request, _("標準の文面に戻しました。"))
        return redirect("manage_wording", kind, language)
    own = MessageTemplate.objects.filter(**which).first()
    form = WordingForm(request.POST or None, initial=_shown(own, which))
    faults: list[str] = []
    if action == "save" and form.is_valid():
        try:
            save_wording(**which, **form.cleaned_data, by=request.user, at=timezone.now())
        except WordingRefused as refused:
            faults = list(refused.faults)
        else:
            messages.success(
                request, _("文面を保存しました。これから作るお知らせに使います。")
            )
            return redirect("manage_wording", kind, language)
    return _page(request, which, own, form, faults)


def _page(
    request: HttpRequest,
    which: dict[str, Any],
    own: MessageTemplate | None,
    form: WordingForm,
    faults: list[str],
) -> HttpResponse:
    words = _words(form)
    sample = SampleForm(request.POST or None, applications=_applications(request))
    if request.POST.get("action") == "try":
        faults = faults_of(kind=which["kind"], **words)
    usable = not faults_of(kind=which["kind"], **words)
    title = _("お知らせの文面")
    label = which["kind"].label
    context = {
        **_frame(title, f"{label}（{_language(which['language'])}）"),
        **which,
        "own": own,
        "form": form,
        "sample": sample,
        "faults": faults,
        "doubts": doubts_of(kind=which["kind"], **words),
        "placeholders": [
            (one.token(which["language"]), one.says)
            for one in placeholders_of(which["kind"])
        ],
        "needed": [one for group in NEEDED.get(which["kind"], ()) for one in group],
        "tried": _tried(request, which, words, sample) if usable else None,
    }
    status = 422 if faults else 200
    return render(request, "manage/wording.html", context, status=status)


def _words(form: WordingForm) -> dict[str, str]:
    """What stands in the form, saved or not."""
    given = form.cleaned_data if form.is_bound and form.is_valid() else form.initial
    return {name: tidy_wording(given[name]) for name in ("subject", "body")}


def _shown(own: MessageTemplate | None, which: dict[str, Any]) -> dict[str, str]:
    subject, body = (own.subject, own.body) if own else starting_wording(**which)
    return {"subject": subject, "body": body}


def _tried(
    request: HttpRequest, which: dict[str, Any], words: dict[str, str], sample: SampleForm
) -> dict[str, str]:
    """With somebody's application where asked for, else with made-up people."""
    now = timezone.now()
    on_real = request.POST.get("on") == "real" and sample.is_valid()
    with translation.override(which["language"]):
        context: Context
        if on_real:
            application = sample.cleaned_data["number"]
            application.language = which["language"]
            context = sample_of(application, at=now)
        else:
            context = made_up(language=which["language"], at=now)
        subject, body = filled(kind=which["kind"], context=context, **words)
    if on_real:
        log_access(subject="お知らせの文面の試し", people=1, by=request.user, at=now)
    return {"subject": subject, "body": body, "about": "real" if on_real else "made_up"}


def _applications(request: HttpRequest):
    """Of the own section; administrators without one see all."""
    section = section_of(request.user)
    found = Application.objects.select_related("run__course__department", "pool")
    if section is None or request.user.is_superuser:
        return found
    return found.filter(run__course__department=section)


def _require(request: HttpRequest) -> None:
    if not may_word_messages(request.user):
        raise NotAllowed


def _language(code: str) -> str:
    return _("日本語") if code == "ja" else _("英語")


def _frame(title: str, part: str = "") -> dict[str, Any]:
    crumbs = [{"url": reverse("manage_messages"), "label": _("お知らせの送信")}]
    if part:
        crumbs.append({"url": reverse("manage_wordings"), "label": title})
    return {
        "breadcrumbs_items": [*crumbs, {"url": "", "label": part or title}],
        "header_title": f"{title} {part}".strip(),
        "page_title": title,
    }
