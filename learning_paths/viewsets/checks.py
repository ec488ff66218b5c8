"""The self-check in the back office: versions, a draft to write, publishing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSet

from accounts.domain.refusal import NotAllowed, Refusal
from courses.models import Stage
from learning_paths.domain.checks import questions_of
from learning_paths.domain.making_checks import begin_version, publish_check, write_check
from learning_paths.domain.membership import require_register_keeper
from learning_paths.forms.check_edit import IntroForm, question_rows
from learning_paths.models import StageCheck


def _page(title: object, **context: Any) -> dict[str, Any]:
    crumbs = [{"url": reverse("stage_checks:index"), "label": _("ステージの自己診断")}]
    if context.get("check"):
        crumbs.append({"url": "", "label": title})
    return {
        "page_title": title,
        "header_title": title,
        "breadcrumbs_items": crumbs,
        **context,
    }


def versions(request: HttpRequest) -> HttpResponse:
    """All versions, newest first; POST begins the next one."""
    require_register_keeper(request.user)
    if request.method == "POST":
        made = begin_version(by=request.user, at=timezone.now())
        return redirect("stage_checks:version", made.pk)
    context = _page(_("ステージの自己診断"), versions=StageCheck.objects.all())
    return render(request, "learning_paths/manage/checks.html", context)


def version(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft is written here; a published version is only read."""
    require_register_keeper(request.user)
    check = get_object_or_404(StageCheck, pk=pk)
    context = _page(str(check), check=check, stages=Stage.objects.all())
    if check.published_at is not None:
        context["questions"] = questions_of(check)
        return render(request, "learning_paths/manage/check_read.html", context)
    data = request.POST or None
    rows = question_rows(check, data)
    form = IntroForm(
        data, initial={"intro": check.intro, "intro_en": check.intro_en}, prefix="check"
    )
    refusal = None
    if request.method == "POST" and all([form.is_valid(), rows.is_valid()]):
        try:
            return _saved(request, check, form, rows)
        except NotAllowed:
            raise
        except Refusal as refused:
            refusal = refused
    context |= {"form": form, "rows": rows, "refusal": refusal}
    status = 422 if data and (form.errors or any(rows.errors)) else 409 if refusal else 200
    return render(request, "learning_paths/manage/check_edit.html", context, status=status)


def _saved(request: HttpRequest, check: StageCheck, form: Any, rows: Any) -> HttpResponse:
    write_check(check=check, **form.cleaned_data, questions=rows.drafts(), by=request.user)
    if "publish" in request.POST:
        publish_check(check=check, by=request.user, at=timezone.now())
        messages.success(request, _("公開しました。これからの自己診断は、この版です。"))
        return redirect("stage_checks:index")
    messages.success(request, _("下書きを保存しました。"))
    return redirect("stage_checks:version", check.pk)


class StageCheckViewSet(ViewSet):
    menu_label = _("ステージの自己診断")
    icon = "help"

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", versions, name="index"),
            path("<int:pk>/", version, name="version"),
        ]
