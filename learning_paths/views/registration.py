"""What organisers do about their group's registration: contact, renewal, applying again,
and the end."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses.domain.fiscal_year import fiscal_year_words
from learning_paths.domain.contacting import set_contact
from learning_paths.domain.ending import dissolve_group
from learning_paths.domain.membership import require_leader
from learning_paths.domain.queries import members_of
from learning_paths.domain.registering import apply_again
from learning_paths.domain.renewing import ask_renewal, year_to_renew
from learning_paths.forms.contact import ContactForm, contact_of
from learning_paths.forms.refused import refusals_into
from learning_paths.forms.register import EndForm
from learning_paths.models import Membership
from learning_paths.views.access import for_organisers
from learning_paths.views.refused import refusals_on_group_page


@for_organisers
@require_http_methods(["GET", "HEAD", "POST"])
def group_contact(request: HttpRequest, own: Membership) -> HttpResponse:
    form = ContactForm(request.POST or None, initial=contact_of(own.group))
    if request.method == "POST" and form.is_valid():
        with refusals_into(form):
            set_contact(
                group=own.group,
                contact=form.contact(),
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("連絡先を保存しました。"))
            return redirect(own.group)
    context = {"form": form, "group": own.group}
    status = 422 if form.errors else 200
    return render(request, "learning_paths/contact.html", context, status=status)


@for_organisers
@require_http_methods(["GET", "HEAD", "POST"])
@refusals_on_group_page
def group_renew(request: HttpRequest, own: Membership) -> HttpResponse:
    """Shows what will stand in the register for another year, and asks."""
    now = timezone.now()
    if request.method == "POST":
        ask_renewal(group=own.group, by=request.user, at=now)
        words = _("更新を申請しました。担当課が確認して、メールでお知らせします。")
        messages.success(request, words)
        return redirect(own.group)
    year = year_to_renew(own.group, at=now)
    context = {
        "group": own.group,
        "year": fiscal_year_words(year) if year else "",
        "member_count": len(members_of(own.group)),
    }
    return render(request, "learning_paths/renew.html", context)


@for_organisers
@require_POST
@refusals_on_group_page
def group_apply_again(request: HttpRequest, own: Membership) -> HttpResponse:
    apply_again(group=own.group, by=request.user, at=timezone.now())
    words = _("登録を申請しました。担当課が確認して、メールでお知らせします。")
    messages.success(request, words)
    return redirect(own.group)


@for_organisers
@require_http_methods(["GET", "HEAD", "POST"])
def group_dissolve(request: HttpRequest, own: Membership) -> HttpResponse:
    """Asks first, and why."""
    require_leader(request.user, own.group)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_into(form, "why"):
            dissolve_group(
                group=own.group,
                why=form.cleaned_data["why"],
                by=request.user,
                at=timezone.now(),
            )
            words = _("「%(group)s」の登録を終えました。") % {"group": own.group.name}
            messages.success(request, words)
            return redirect(own.group)
    context = {
        "form": form,
        "group": own.group,
        "member_count": len(members_of(own.group)),
    }
    status = 422 if form.errors else 200
    return render(request, "learning_paths/dissolve.html", context, status=status)
