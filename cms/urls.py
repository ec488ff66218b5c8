"""Every public address, composed from the apps."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.views import (
    draws,
    errors,
    facts,
    health,
    media,
    open_data,
    own_schedule,
    pages,
    subscriptions,
    suggesting,
)
from cms.views.back_office_words import words_of_scripts
from cms.views.sitemap import sitemap

urlpatterns = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("robots.txt", health.robots),
    path("sitemap.xml", sitemap),
    path(
        "manage/login/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
    ),
    path("manage/jsi18n/", words_of_scripts),
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
    path("my/schedule/", own_schedule.own_schedule, name="my_schedule"),
    path("calendar/", subscriptions.subscribe, name="calendar_subscriptions"),
    path("calendar/qr.svg", subscriptions.subscribe_qr, name="calendar_qr"),
    path("opendata/", open_data.about, name="open_data"),
    path("courses/", pages.catalogue, name="catalogue"),
    path("courses/suggest/", suggesting.suggest, name="suggest"),
    path("courses/<str:slug>/", pages.course, name="course"),
    path("venues/", facts.venues, name="venues"),
    path("venues/<slug:code>/", facts.venue, name="venue_page"),
    path("instructors/", facts.instructors, name="instructors"),
    path("instructors/<int:pk>/", facts.instructor, name="instructor_page"),
    path("partners/<int:pk>/", facts.partner, name="partner_page"),
    path("joint/<str:slug>/", pages.joint_session, name="joint_session"),
    path("paths/<str:slug>/", pages.path, name="path"),
    path("draws/<slug:code>/", draws.draw_record, name="draw_record"),
    path("draws/<slug:code>/number/", draws.draw_number, name="draw_number"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
