"""What somebody is recommended and why, for that person alone; how recommendations are
made, for everybody; and the end of the monthly mail, for whoever has one."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain.refusal import Refusal
from enrollments.domain.recommending.choosing import choose_interests, stop_monthly
from enrollments.domain.recommending.links import interests_for
from enrollments.domain.recommending.person import interests_of
from enrollments.domain.recommending.rules import LEFT_OUT_WORDS, RULES
from enrollments.forms.interests import InterestsForm
from enrollments.views.recommended import recommended_context

ANY = ["GET", "HEAD", "POST"]
MOST = 12


@require_safe
def how_recommended(request: HttpRequest) -> HttpResponse:
    """Made from the table that the ranking uses; the same for everybody."""
    context = {
        "grounds": [row for row in RULES if row.is_ground],
        "of_now": [row for row in RULES if not row.is_ground],
        "left_out": LEFT_OUT_WORDS.values(),
    }
    return render(request, "enrollments/how_recommended.html", context)


@never_cache
@login_required
@require_http_methods(ANY)
def my_recommendations(request: HttpRequest) -> HttpResponse:
    """A person's own. Nobody else has a page with them, and none is kept."""
    own = interests_of(request.user)
    form = InterestsForm(request.POST or None, own=own)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            choose_interests(
                user=request.user,
                chosen=form.chosen(),
                language=get_language() or settings.LANGUAGE_CODE,
                at=timezone.now(),
            )
        except Refusal as found:
            refusal = found
        else:
            messages.success(request, _("おすすめの設定を保存しました。"))
            return redirect("my_recommendations")
    now = timezone.now()
    context = {
        **recommended_context(request.user, own, at=now, most=MOST),
        "form": form,
        "refusal": refusal,
    }
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "enrollments/recommendations.html", context, status=status)


@never_cache
@csrf_exempt
@require_http_methods(ANY)
def monthly_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Mail programs POST here by themselves when their owner says so (RFC 8058), so it
    needs no token beside that in the address. A GET changes nothing, and a forged link
    is answered like one whose mail was stopped."""
    own = interests_for(token)
    if request.method == "POST" and own is not None:
        stop_monthly(interests=own)
        own.wants_monthly = False
    context = {"goes_on": own is not None and own.wants_monthly}
    return render(request, "enrollments/monthly_stop.html", context)
