"""Production's behaviour on loopback: no debugging, no redirect to https, no mail."""

from cms.settings.base import *  # noqa: F403
from cms.settings.base import INSTALLED_APPS, RULES_OF_USE

DEBUG = False
SECRET_KEY = "bench"
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ROOT_URLCONF = "tests.bench.urls"
INSTALLED_APPS = [*INSTALLED_APPS]
# Everybody comes from one address here.
RULES_OF_USE = dict.fromkeys(RULES_OF_USE, "1000000/1h")
SERVE_MEDIA = False
