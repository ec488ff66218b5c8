"""The cookie of a form that was begun. It lies at the form's own address, apart from the
session, so that signing in or out and lost sessions leave it alone."""

import secrets
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.encoding import iri_to_uri

from accounts.client_address import client_address
from accounts.domain.rate_limit import TooManyRequests, count_attempt
from enrollments.domain.drafts import KEPT_FOR, Subject, draft_of, drop_draft, keep_draft
from enrollments.models import ApplicationDraft

COOKIE, SALT = "draft", "enrollments.draft"
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "step"})


def token_of(request: HttpRequest) -> str:
    """The secret that the visitor holds; empty without one, or if it was changed."""
    if COOKIE not in request.COOKIES:
        return ""
    return str(request.get_signed_cookie(COOKIE, default="", salt=SALT))


def draft_for(
    request: HttpRequest, about: Subject, *, at: datetime
) -> ApplicationDraft | None:
    token = token_of(request)
    return draft_of(token=token, about=about, at=at) if token else None


def typed_in(draft: ApplicationDraft) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in draft.fields.items():
        data.setlist(name, values)
    return data


def keep(
    request: HttpRequest,
    response: HttpResponse,
    about: Subject,
    data: QueryDict,
    *,
    at: datetime,
) -> HttpResponse:
    if not (token := token_of(request)):
        try:  # without cookies every step would make a row
            count_attempt(rule="draft", who=client_address(request), at=at)
        except TooManyRequests:
            return response
        token = secrets.token_urlsafe(32)
    fields = {name: data.getlist(name) for name in data if name not in NOT_KEPT}
    keep_draft(token=token, about=about, fields=fields, at=at)
    response.set_signed_cookie(
        COOKIE,
        token,
        salt=SALT,
        path=iri_to_uri(request.path),
        max_age=int(KEPT_FOR.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=settings.CSRF_COOKIE_SECURE,
    )
    return response


def drop(request: HttpRequest, response: HttpResponse, about: Subject) -> HttpResponse:
    token = token_of(request)
    if token:
        drop_draft(token=token, about=about)
    return without_cookie(request, response)


def without_cookie(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """For whom the draft is forgotten."""
    if COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, path=iri_to_uri(request.path), samesite="Lax")
    return response
