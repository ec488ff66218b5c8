"""The words of the back office's scripts: Wagtail's, and ours where it has none."""

from django.http import HttpRequest, HttpResponse
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.localization import get_localized_response

catalogue = JavaScriptCatalog.as_view(packages=["wagtail.admin", "cms"])


def words_of_scripts(request: HttpRequest) -> HttpResponse:
    """Open to everybody, as Wagtail's own; in the language that the person works in."""
    return get_localized_response(catalogue, request)
