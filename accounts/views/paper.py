"""A typeset paper, or a table, as the answer to a request; kept nowhere."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from accounts.exchange.paper.typesetting import Paper


def paper_response(paper: Paper, filename: str, *, download: bool = False) -> HttpResponse:
    """Shown in the browser, or as a download. `filename` without .pdf."""
    return _file(paper.pdf, "application/pdf", f"{filename}.pdf", download=download)


def table_response(table: bytes | str, filename: str) -> HttpResponse:
    """CSV as a download. `filename` without .csv."""
    return _file(table, "text/csv; charset=utf-8", f"{filename}.csv", download=True)


def _file(
    content: bytes | str, content_type: str, filename: str, *, download: bool
) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=download, filename=filename
    )
    response["Cache-Control"] = "no-store, private"
    return response
