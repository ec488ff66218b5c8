"""The findings for the participant who writes for the citizens: by the secret link in the
mail, or from the own account."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.client_address import client_address
from accounts.domain.rate_limit import count_attempt
from accounts.models import User
from enrollments.domain.shared_findings.authors import citizen_author, is_the_citizen
from enrollments.domain.shared_findings.citizens import findings_for, findings_path
from enrollments.domain.shared_findings.reading import draft_of
from enrollments.models import SharedFindings
from enrollments.views.findings_acts import Acted


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def findings(request: HttpRequest, token: str) -> HttpResponse:
    """Forged links, and those of somebody named before, get the same 404."""
    found = findings_for(token)
    if found is None:
        count_attempt(rule="survey", who=client_address(request), at=timezone.now())
        raise Http404
    user = request.user if isinstance(request.user, User) else None
    acted = Acted(request, draft_of(found), citizen_author(found, user))
    if request.method == "POST":
        acted.act(timezone.now())
        if acted.is_done:
            return redirect("findings", token)
    context = {**acted.context(), "course": found.course, "token": token}
    response = render(request, "enrollments/findings.html", context, status=acted.status)
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


@never_cache
@require_safe
@login_required
def my_findings(request: HttpRequest, public_id: str) -> HttpResponse:
    """For the account of the participant who was named; nobody else learns of it."""
    every = SharedFindings.objects.select_related("citizen__application")
    found = get_object_or_404(every, public_id=public_id)
    if not is_the_citizen(found, request.user):
        raise Http404
    return redirect(findings_path(found))
