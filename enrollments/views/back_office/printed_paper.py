"""A paper of a run as PDF, with who printed it and when."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from accounts.exchange.paper.typesetting import typeset
from accounts.views.paper import paper_response
from enrollments.exchange.prints.printed import printed_words
from enrollments.exchange.prints.printout import Printout


def printout_response(
    request: HttpRequest, printout: Printout, *, of: str, at: datetime
) -> HttpResponse:
    """`of` goes into the file's name; never a person. Raises: NotTypeset."""
    paper = typeset(
        f"enrollments/{printout.template}.typ",
        {**printout.facts, "title": printout.title},
        title=f"{printout.title} {of}",
        at=at,
        printed=printed_words(request.user, at=at, named=not printout.for_residents),
        language=get_language() or "ja",
    )
    return paper_response(paper, f"{printout.title}_{of}")
