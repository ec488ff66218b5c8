"""Production: secrets and addresses are required, cookies and transport are strict."""

from cms.settings.base import *  # noqa: F403
from cms.settings.base import PUBLIC_URL, env, required

DEBUG = False
SECRET_KEY = required(
    "SECRET_KEY",
    "Make one with: python -c 'import secrets; print(secrets.token_urlsafe(64))'",
)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = required(
    "ALLOWED_HOSTS", "Name the site's host names, separated by commas."
).split(",")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[PUBLIC_URL])
required("MANABIBA_PUBLIC_URL", "Name the address of the site: it stands in every mail.")
required(
    "MANABIBA_FROM_EMAIL", "Name the sender of all mail, for example a@city.example.jp."
)
vars().update(
    env.email_url("EMAIL_URL", default="smtp://localhost:25"),
)
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
# Some calendar programs follow no redirect, and what is public may be read by anybody;
# whose address is a secret is sent on to https.
PUBLIC_CALENDARS = r"^(?!calendar/|applications/|[a-z]{2}/).*\.ics$"
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", PUBLIC_CALENDARS]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=True)
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# A single machine without a file server may let the application serve uploads.
SERVE_MEDIA = env.bool("SERVE_MEDIA", default=False)
