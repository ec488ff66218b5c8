"""Certificates of the paths that a group finished, for its 代表 and 担当."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.views.paper import paper_response
from enrollments.exchange.prints.certificates import certificates_paper
from learning_paths.domain.path_certificates import certificates_of, issue_path_certificate
from learning_paths.models import Membership, Path
from learning_paths.views.access import for_organisers
from learning_paths.views.refused import refusals_on_group_page


@for_organisers
@require_POST
@refusals_on_group_page
def group_certificate(request: HttpRequest, own: Membership, pk: int) -> HttpResponse:
    path = get_object_or_404(Path, pk=pk)
    issued = issue_path_certificate(
        group=own.group, path=path, by=request.user, at=timezone.now()
    )
    words = _("「%(path)s」の修了証を発行しました（%(number)s）。PDFを開いて印刷できます。")
    messages.success(request, words % {"path": path.label, "number": issued.number})
    return redirect(own.group)


@for_organisers
@require_safe
def group_certificate_pdf(request: HttpRequest, own: Membership, pk: int) -> HttpResponse:
    """The valid one of a path; a group that is closed has it still."""
    found = certificates_of(own.group.paths.filter(path=pk))
    if not found:
        raise Http404
    certificate = next(iter(found.values()))
    paper = certificates_paper([certificate])
    return paper_response(paper, f"{certificate.get_kind_display()}_{certificate.number}")
