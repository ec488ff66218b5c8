"""`/sitemap.xml`, for search engines."""

from xml.etree.ElementTree import Element, SubElement, tostring

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from cms.presenters.sitemap import sitemap_entries

SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    root = Element("urlset", {"xmlns": SITEMAPS, "xmlns:xhtml": XHTML})
    with translation.override("ja"):
        entries = sitemap_entries()
    for entry in entries:
        url = SubElement(root, "url")
        SubElement(url, "loc").text = entry.address
        if entry.changed_at:
            SubElement(url, "lastmod").text = entry.changed_at.isoformat(timespec="seconds")
        for language, address in entry.alternates:
            link = {"rel": "alternate", "hreflang": language, "href": address}
            SubElement(url, "xhtml:link", link)
    text = tostring(root, encoding="utf-8", xml_declaration=True)
    response = HttpResponse(text, content_type="application/xml; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    return response
