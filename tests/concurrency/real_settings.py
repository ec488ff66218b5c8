"""For real processes over a test's own database: DATABASE_URL names it."""

import os

from cms.settings.test import *  # noqa: F403
from cms.settings.test import RULES_OF_USE

KEEP_PAGES = True
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(os.environ.get("TEST_SMTP_PORT", "25"))
# Everybody comes from one address here.
RULES_OF_USE = dict.fromkeys(RULES_OF_USE, "1000000/1h")
# Files of its own, for a site that is to be moved.
MEDIA_ROOT = os.environ.get("MEDIA_OF_TEST", MEDIA_ROOT)  # noqa: F405
