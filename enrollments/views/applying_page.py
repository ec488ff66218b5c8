"""What the pages of an application show beside the fields themselves."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.domain.mail_hints import likely_meant
from accounts.models import User
from courses.domain.applying_words import ages_words
from courses.domain.how_given import action_words, how_given_words
from courses.domain.reception import (
    facts_of,
    places_words,
    public_words,
    reception_status,
)
from courses.domain.ways_in import facts_for
from courses.enums import CapacityUnit, ReceptionStatus, SupportKind
from courses.models import CourseRun
from enrollments.domain.asking import Asked
from enrollments.domain.links import application_token
from enrollments.domain.queries import own_live_application
from enrollments.forms.applying import CHECK, NEEDS, PEOPLE, ApplicationForm
from enrollments.forms.party import COUNT, most_companions
from enrollments.forms.support import offer_words
from enrollments.views.conditions_shown import condition_lines
from enrollments.views.drafts import draft_for
from enrollments.views.offered import offered_to
from enrollments.views.summary import summary_of


def page_context(
    request: HttpRequest, form: ApplicationForm, *, step: str, at: datetime
) -> dict[str, Any]:
    run, asked = form.run, form.asked
    user = request.user if isinstance(request.user, User) else None
    companions = len(form.companions)
    begun = draft_for(request, run, at=at) if request.method != "POST" else None
    return {
        "run": run,
        "course": run.course,
        "reception": _reception(run, asked, at=at),
        "own": _own_link(user, run),
        "sessions": run.sessions.all(),
        "form": form,
        "asked": asked,
        "step": step,
        "conditions": condition_lines(request, asked),
        "draft": begun,
        "count": companions,
        "may_add": companions < most_companions(run),
        "most_people": run.max_participants,
        "count_name": COUNT,
        "carried": form.carried(step),
        "care": care_offered(asked),
        "full_offers": full_offers(asked),
        "notice": offered_to(request).notice("application", at=at),
        "terms": offered_to(request).notice("terms", at=at) if asked.has_terms else None,
        "next_step": NEEDS if asked.has_needs else CHECK,
        "at_step": step if step != CHECK else PEOPLE,
        "summary": summary_of(form) if step == CHECK and not form.errors else [],
        "meant": likely_meant(str(form["email"].value() or "")),
        **_needs(form),
    }


def _needs(form: ApplicationForm) -> dict[str, Any]:
    names = form.needs_names
    return {
        "questions": [form[name] for name in names if name.startswith("question_")],
        "stated": [form[name] for name in form.fields if name.startswith("stated_")],
        "children": form.children,
    }


def full_offers(asked: Asked) -> list[str]:
    return [offer_words(one) for one in asked.offers if one.is_full]


def care_offered(asked: Asked) -> dict[str, Any] | None:
    """The childcare that can still be asked for, in words."""
    for one in asked.offers:
        if one.offer.kind == SupportKind.CHILDCARE and not one.is_full:
            words, ages = offer_words(one), ages_words(one.offer)
            return {"offer": one.offer, "words": words, "ages": ages}
    return None


def _reception(run: CourseRun, asked: Asked, *, at: datetime) -> dict[str, Any]:
    """What the course page says of places, said again beside the form."""
    kinds = {place.kind for place in asked.places}
    own = kinds.pop() if len(kinds) == 1 else None
    facts = facts_for(run, facts_of(run, at=at), own)
    status = reception_status(facts, at=at)
    ahead = 0
    if len(asked.places) == 1 and asked.places[0].is_full:
        ahead = asked.places[0].waiting + 1 if asked.places[0].takes_more else 0
    elif status == ReceptionStatus.WAITING_LIST and len(asked.places) < 2:
        ahead = facts.waiting + 1
    return {
        "status": status,
        "label": public_words(facts, status),
        "places": places_words(facts, status, CapacityUnit(run.capacity_unit)),
        "how_given": how_given_words(run, facts),
        "action": action_words(status) or _("申し込む"),
        "next_in_line": ahead,
    }


def _own_link(user: User | None, run: CourseRun) -> str:
    """To the application that the signed-in person has already made."""
    own = own_live_application(user, run) if user else None
    return reverse("application", args=[application_token(own)]) if own else ""
