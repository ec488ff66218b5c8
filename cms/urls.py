"""Every public address, composed from the apps."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail import views as wagtail_views
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.views import errors, health, media, subscriptions


def _page(kind: str):  # type: ignore[no-untyped-def]
    """A page that Wagtail serves, under a name that lower apps may reverse."""

    def served(request: HttpRequest, slug: str) -> HttpResponse:
        return wagtail_views.serve(request, f"{kind}/{slug}/")

    return served


urlpatterns = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("robots.txt", health.robots),
    path(
        "manage/login/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
    ),
    path("manage/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("cms.feed_urls")),
]
if settings.SERVE_MEDIA:
    urlpatterns += [re_path(r"^media/(?P<path>.+)$", media.serve_media)]

urlpatterns += i18n_patterns(
    path("accounts/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("", include("enrollments.urls")),
    path("", include("learning_paths.urls")),
    path("calendar/", subscriptions.subscribe, name="calendar_subscriptions"),
    path("courses/<str:slug>/", _page("courses"), name="course"),
    path("paths/<str:slug>/", _page("paths"), name="path"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
