"""Certificates as PDF for the section that hands them out; who took them is kept."""

from collections.abc import Iterable

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from accounts.domain.access import log_access
from accounts.enums import AccessKind
from accounts.exchange.paper.typesetting import NotTypeset
from accounts.forms.fields import row_number
from accounts.views.paper import paper_response
from enrollments.exchange.prints.certificates import certificates_paper, part_of
from enrollments.models import Certificate

COLUMNS = ("氏名", "講座名", "修了日", "番号")


def printed(
    request: HttpRequest,
    certificates: Iterable[Certificate],
    *,
    of: str,
    filename: str,
    back: str,
) -> HttpResponse:
    """`of` is what the record of accesses names; `back` the page that says why not, where
    the typesetter does not answer."""
    every = list(certificates)
    now = timezone.now()
    log_access(
        subject=f"修了証の印刷 {of}",
        people=len(every),
        by=request.user,
        at=now,
        kind=AccessKind.EXPORT,
        columns=COLUMNS,
        reason="修了証を渡すため",
    )
    try:
        paper = certificates_paper(every, at=now if len(every) > 1 else None)
    except NotTypeset as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    return paper_response(paper, f"修了証_{filename}")


def printed_in_parts(
    request: HttpRequest,
    found: QuerySet[Certificate],
    *,
    of: str,
    filename: str,
    back: str,
) -> HttpResponse:
    """Very many in several files, of which the address says one (`part`).

    Raises: Http404 where there is none.
    """
    number = row_number(request.GET.get("part", "")) or 1
    some = part_of(found, number)
    if not some:
        raise Http404
    if number > 1:
        filename = f"{filename}_{some[0].number}"
    return printed(request, some, of=of, filename=filename, back=back)
