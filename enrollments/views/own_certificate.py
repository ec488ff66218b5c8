"""The PDF of one's own certificate, for whoever holds the application's secret link."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.views.paper import paper_response
from enrollments.domain.finishing.codes import code_typed
from enrollments.exchange.prints.certificates import certificates_paper
from enrollments.models import Application, Certificate
from enrollments.views.application import by_secret_link


@require_safe
@by_secret_link
def own_certificate(
    request: HttpRequest, application: Application, token: str, code: str
) -> HttpResponse:
    """Only while it is valid."""
    found = (
        Certificate.objects.filter(
            participant__application=application,
            code=code_typed(code),
            revoked_at=None,
        )
        .select_related("replaces")
        .first()
    )
    if found is None:
        raise Http404
    paper = certificates_paper([found])
    return paper_response(paper, f"{found.get_kind_display()}_{found.number}")
