"""A typeset paper as the answer to a request."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from accounts.exchange.paper.typesetting import Paper


def paper_response(paper: Paper, filename: str, *, download: bool = False) -> HttpResponse:
    """Shown in the browser, or as a download; kept nowhere. `filename` without .pdf."""
    response = HttpResponse(paper.pdf, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=download, filename=f"{filename}.pdf"
    )
    response["Cache-Control"] = "no-store, private"
    return response
