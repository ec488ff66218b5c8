"""修了証の台帳: searched, looked at, revoked, issued again. For staff of the sections whose
courses they are of."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain.access import log_access
from accounts.domain.refusal import NotAllowed, Refusal
from accounts.domain.sections import section_of
from accounts.models import User
from courses.domain.fiscal_year import fiscal_year_words
from courses.models import Series
from enrollments.domain.finishing.codes import code_typed
from enrollments.domain.finishing.ending import (
    reissue_certificate,
    require_certificate_keeper,
    revoke_certificate,
)
from enrollments.domain.finishing.group_certificates import may_keep
from enrollments.enums import CertificateKind
from enrollments.exchange.prints.certificates import verification_address
from enrollments.forms.certificates import RegisterForm
from enrollments.models import Certificate
from enrollments.views.back_office.certificate_prints import printed
from enrollments.views.back_office.frame import run_page

ON_A_PAGE = 50


@never_cache
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    own = _of_own_sections(request.user)
    years = own.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct()
    form = RegisterForm(
        request.GET or None, years=[(year, fiscal_year_words(year)) for year in years]
    )
    found = _found(own, form.cleaned_data if form.is_valid() else {})
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("p"))
    log_access(
        subject="修了証の台帳",
        people=len(page.object_list),
        by=request.user,
        at=timezone.now(),
    )
    context = {
        "page_title": _("修了証の台帳"),
        "header_title": _("修了証の台帳"),
        "header_icon": "form",
        "form": form,
        "certificates": page,
        "series": series_of(request.user),
        "page_obj": page,
    }
    return render(request, "manage/certificates.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry; a POST revokes it (`act` revoke) or issues it again (reissue)."""
    found = _certificate(request, pk)
    refusal = None
    if request.method == "POST":
        try:
            return redirect("manage_certificate", _acted_on(request, found).pk)
        except Refusal as why:
            refusal = why
    log_access(subject="修了証の台帳", people=1, by=request.user, at=timezone.now())
    title = f"{found.get_kind_display()} {found.number}"
    context = {
        "certificate": found,
        "address": verification_address(found),
        "why": request.POST.get("why", ""),
        "refusal": refusal,
    }
    status, template = (409 if refusal else 200), "manage/certificate.html"
    if found.run is not None:
        return run_page(request, template, found.run, title=title, status=status, **context)
    register = {"url": reverse("manage_certificates"), "label": _("修了証の台帳")}
    context |= {
        "page_title": title,
        "header_title": title,
        "header_icon": "form",
        "breadcrumbs_items": [register, {"url": "", "label": title}],
    }
    return render(request, template, context, status=status)


@never_cache
@require_safe
def certificate_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    found = _certificate(request, pk)
    return printed(
        request,
        [found],
        of=found.run.code if found.run else found.number,
        filename=found.number,
        back=reverse("manage_certificate", args=[pk]),
    )


def _acted_on(request: HttpRequest, found: Certificate) -> Certificate:
    """The certificate to show next. Raises: Refusal."""
    said: dict[str, Any] = {
        "certificate": found,
        "why": request.POST.get("why", ""),
        "by": request.user,
        "at": timezone.now(),
    }
    if request.POST.get("act") == "reissue":
        new = reissue_certificate(**said, tell=request.POST.get("tell") == "on")
        words = _("%(number)s を新しく発行しました。前のものは無効になりました。")
        messages.success(request, words % {"number": new.number})
        return new
    revoke_certificate(**said)
    messages.success(request, _("取り消しました。確認のページにも「取り消し」と出ます。"))
    return found


def _certificate(request: HttpRequest, pk: int) -> Certificate:
    """For those who may revoke it. Raises: Http404, NotAllowed."""
    found = get_object_or_404(
        Certificate.objects.select_related(
            "run__course__department",
            "run__venue",
            "series__department",
            "participant__application",
            "replaces",
            "replaced_by",
            "issued_by",
            "revoked_by",
        ),
        pk=pk,
    )
    require_certificate_keeper(request.user, found)
    return found


def _of_own_sections(user: User) -> QuerySet[Certificate]:
    """Administrators see all; those of groups belong to who looks after the register of
    groups. Raises: NotAllowed for whoever is not staff."""
    every = Certificate.objects.select_related("replaced_by")
    if user.is_superuser and user.is_active:
        return every
    section = section_of(user)
    if section is None:
        raise NotAllowed
    own = Q(run__course__department=section) | Q(series__department=section)
    if may_keep(user):
        own |= Q(kind=CertificateKind.PATH)
    return every.filter(own)


def series_of(user: User) -> QuerySet[Series]:
    """Those whose certificates the person may issue."""
    every = Series.objects.filter(gives_certificate=True).order_by("title")
    return every if user.is_superuser else every.filter(department__staff__user=user)


def _found(own: QuerySet[Certificate], said: dict[str, Any]) -> QuerySet[Certificate]:
    found = own.order_by("-fiscal_year", "-serial")
    if said.get("year"):
        found = found.filter(fiscal_year=said["year"])
    if said.get("kind"):
        found = found.filter(kind=said["kind"])
    if said.get("standing"):
        found = found.filter(STANDINGS[said["standing"]])
    for word in said.get("q", "").split():
        found = found.filter(_has(word))
    return found


STANDINGS = {
    "valid": Q(revoked_at=None),
    "replaced": Q(revoked_at__isnull=False, replaced_by__isnull=False),
    "revoked": Q(revoked_at__isnull=False, replaced_by=None),
}


def _has(word: str) -> Q:
    """A number (2026-00012 or 12), a code, a name, its reading, or a course."""
    anything = Q(holder__icontains=word) | Q(course_title__icontains=word)
    anything |= Q(participant__family_name_kana__startswith=word)
    year, _dash, serial = word.partition("-")
    digits = (year, serial) if serial else ("", year)
    if all(part.isascii() and part.isdigit() and len(part) < 9 for part in digits if part):
        number = Q(serial=int(digits[1])) if digits[1] else Q()
        anything |= number & (Q(fiscal_year=int(year)) if serial else Q())
    code = code_typed(word)
    return anything | Q(code=code) if code else anything
