"""Tests: nothing leaves the process, hashing is quick, files go to a scratch folder."""

import tempfile
from pathlib import Path

from cms.settings.base import *  # noqa: F403

SECRET_KEY = "tests"  # noqa: S105
DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "renditions")
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = Path(tempfile.gettempdir()) / "manabiba-test-media"
WHITENOISE_USE_FINDERS = True
SERVE_MEDIA = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the concurrency tests open real connections.
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}
# Most tests are rolled back, and a page kept in one would be right in the next.
KEEP_PAGES = False
# A change shows in the next line of a test, not half a second later.
CALENDARS_LOOK_EVERY = 0.0
