"""One's own request for a lecture, by its secret link: where it stands, choosing a date,
wishing others, taking it back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.domain.refusal import NotAllowed, Refusal
from accounts.forms.fields import row_number
from learning_paths.domain.outreach.accepting import choose_date
from learning_paths.domain.outreach.answering import wish_other_dates, withdraw_outreach
from learning_paths.domain.outreach.dates import current_dates, first_day, weekday_words
from learning_paths.domain.outreach.links import outreach_for
from learning_paths.domain.outreach.refusals import NotProposed
from learning_paths.domain.outreach.states import MOVES
from learning_paths.domain.outreach.telling import session_of
from learning_paths.enums import OutreachState as State
from learning_paths.forms.outreach import OtherDatesForm
from learning_paths.models import OutreachRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def outreach_own(request: HttpRequest, token: str) -> HttpResponse:
    """`step` is `choose` with a `date`, `other` with dates, or `withdraw`."""
    asked = outreach_for(token)
    if asked is None:
        raise Http404
    step = request.POST.get("step", "")
    form = OtherDatesForm(request.POST if step == "other" else None)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            if _act(request, asked, step, form):
                return redirect("outreach_own", token)
        except NotAllowed:
            raise
        except Refusal as found:
            if step == "other":
                form.refuse(found)
            else:
                refusal = found
            asked = outreach_for(token) or asked
    context = {
        "asked": asked,
        "entry": asked.entry,
        "course": asked.entry.course,
        "dates": current_dates(asked),
        "session": session_of(asked),
        "ways": {way.value for way in MOVES[State(asked.state)]},
        "first_day": first_day(asked.entry, at=timezone.now()),
        "weekdays": weekday_words(asked.entry.weekdays),
        "form": form,
        "refusal": refusal,
    }
    status = 409 if refusal else 422 if form.errors else 200
    template = "learning_paths/outreach/own.html"
    response = render(request, template, context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def _act(
    request: HttpRequest, asked: OutreachRequest, step: str, form: OtherDatesForm
) -> bool:
    """Whether something was done. Raises: the refusals of each act."""
    now = timezone.now()
    by = request.user if request.user.is_authenticated else None
    if step == "choose":
        wanted = row_number(request.POST.get("date", ""))
        date = asked.dates.filter(pk=wanted).first()
        if date is None:
            raise NotProposed
        choose_date(request=asked, date=date, by=by, at=now)
        messages.success(request, _("日時が決まりました。当日うかがいます。"))
        return True
    if step == "other":
        if not form.is_valid():
            return False
        wish_other_dates(
            request=asked,
            starts=form.starts(),
            message=form.cleaned_data["message"],
            by=by,
            at=now,
        )
        messages.success(request, _("新しい希望を送りました。担当課からお返事します。"))
        return True
    if step == "withdraw":
        withdraw_outreach(request=asked, by=by, at=now)
        messages.success(request, _("申込みを取り消しました。"))
        return True
    return False
