"""Settings common to every environment; whatever differs comes from the environment."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from cms.settings.security import CSP_BACK_OFFICE, CSP_PUBLIC  # noqa: F401

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()
if (BASE_DIR / ".env").exists():
    environ.Env.read_env(BASE_DIR / ".env")


def required(name: str, cure: str) -> str:
    """The value of an environment variable, or a sentence on how to supply it."""
    value = str(env.str(name, default=""))
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {cure}")
    return value


VAR_DIR = Path(env.str("MANABIBA_VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

SITE_NAME = env.str("MANABIBA_SITE_NAME", default="まなびば")
CITY_NAME = env.str("MANABIBA_CITY_NAME", default="みどり野市")
# In the footer: whom to ring who finds nothing else. A city of its own names its own.
CITY_PHONE = env.str(
    "MANABIBA_CITY_PHONE",
    default="" if "MANABIBA_CITY_NAME" in env.ENVIRON else "0420-60-1811",
)
# On paper; dark enough for white letters on it. The logo: a file, SVG, PNG or JPEG.
CITY_COLOUR = env.str("MANABIBA_CITY_COLOUR", default="#0017c1")
CITY_LOGO = env.str("MANABIBA_CITY_LOGO", default="")
PUBLIC_URL = env.str("MANABIBA_PUBLIC_URL", default="http://127.0.0.1:8000").rstrip("/")

# Open data name the city by its 全国地方公共団体コード; 999997 belongs to no city.
DEMO_CITY_CODE = "999997"
CITY_CODE = env.str("MANABIBA_CITY_CODE", default=DEMO_CITY_CODE)
PREFECTURE_NAME = env.str("MANABIBA_PREFECTURE_NAME", default="あおば県")
OPEN_DATA_LICENCE = {
    "name": env.str(
        "MANABIBA_LICENCE_NAME", default="クリエイティブ・コモンズ 表示 4.0 国際"
    ),
    "short": env.str("MANABIBA_LICENCE_SHORT", default="CC BY 4.0"),
    "url": env.str(
        "MANABIBA_LICENCE_URL",
        default="https://creativecommons.org/licenses/by/4.0/deed.ja",
    ),
}

INSTALLED_APPS = [
    "accounts",
    "courses",
    "enrollments",
    "learning_paths",
    "cms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "cms.users.ManabibaUsersAppConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "modelsearch",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "csp",
    "rules",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.page_cache.middleware.PageCacheMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.middleware.ContentSecurityPolicyMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "cms.middleware.StaffOnlyMiddleware",
    "cms.middleware.RefusalMiddleware",
    "cms.middleware.FormerAddressMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "cms" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cms.context_processors.site",
            ],
        },
    }
]
FORM_RENDERER = "cms.quick_widgets.QuickRenderer"

# ---------------------------------------------------------------- data
DATABASES = {
    "default": env.db_url(
        "DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'manabiba.sqlite3'}"
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE takes the write lock at BEGIN: SQLite ignores select_for_update,
    # so this is what makes "lock, then count" true on it.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("MANABIBA_CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# PostgreSQL keeps the plans of what an application asks (ADR 45). A pooler that hands
# connections on between transactions (PgBouncer) cannot do that.
PREPARED_STATEMENTS = env.bool("MANABIBA_PREPARED_STATEMENTS", default=True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits live in the cache, so it must be shared by the processes:
# Valkey/Redis where CACHE_URL names it, files on one machine otherwise.
CACHES = {
    "default": env.cache_url("CACHE_URL", default=f"filecache://{VAR_DIR / 'cache'}"),
    # Where Wagtail remembers picture sizes: never wrong, so each process may keep its own.
    "renditions": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
if CACHES["default"]["BACKEND"].endswith("FileBasedCache"):
    # Many small counters: the default of 300 entries would throw some away early.
    CACHES["default"].setdefault("OPTIONS", {})["MAX_ENTRIES"] = 50_000
# Whole pages for visitors without a session; right until the database changes (ADR 11).
KEEP_PAGES = env.bool("MANABIBA_KEEP_PAGES", default=True)
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14

# ---------------------------------------------------------------- people
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_page"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PUBLIC_URL.startswith("https") else "http"
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.account.SignupForm"
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}

# ---------------------------------------------------------------- language, time
LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "cms" / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True
PHONENUMBER_DEFAULT_REGION = "JP"

# ---------------------------------------------------------------- files
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "cms" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MANABIBA_MEDIA_DIR", default=str(VAR_DIR / "media")))
# What papers are typeset from (ADR 28).
PAPER_DIR = BASE_DIR / "cms" / "paper"
FONT_DIR = BASE_DIR / "cms" / "fonts"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# ---------------------------------------------------------------- mail, tasks
# With enrollments.domain.delivery.AT_ONCE this bounds how long a message is claimed.
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str(
    "MANABIBA_FROM_EMAIL", default="まなびば <no-reply@manabiba.example>"
)
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# ---------------------------------------------------------------- Wagtail
WAGTAIL_SITE_NAME = SITE_NAME
# A city works in one time zone; without a choice nobody can choose a wrong one.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAILADMIN_LOGIN_URL = "/accounts/login/"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("ja", "日本語"), ("en", "English")]
WAGTAIL_WORKFLOW_ENABLED = True
# Asked by courses.domain.announcing, which must not know the layer that keeps the answer.
APPROVAL_NEEDED = "cms.approval.is_needed"
# Asked by enrollments.domain.offered.
FACTS_GENERATION = "cms.page_cache.watching.facts_generation"
# Asked by courses.views.calendar_freshness, by each process this often (in seconds).
PUBLIC_GENERATIONS = "cms.page_cache.watching.generations_if_kept"
CALENDARS_LOOK_EVERY = 0.5
GOES_LIVE_BY_ITSELF = "cms.approval.goes_live_by_itself"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILREDIRECTS_AUTO_CREATE = True
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "csv", "txt", "zip"]
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms.search.backend", "AUTO_UPDATE": True}}
MODELSEARCH_BACKENDS = WAGTAILSEARCH_BACKENDS
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FORMS_URLFIELD_ASSUME_HTTPS = True  # what Django 6 does

# ---------------------------------------------------------------- security
CONTENT_SECURITY_POLICY = CSP_PUBLIC
X_FRAME_OPTIONS = "DENY"  # Wagtail lets its own previews into its own frame
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "cms.views.errors.csrf_failure"
RULES_OF_USE = {
    # per client address: one household or library shares one address
    "apply": env.str("MANABIBA_RATE_APPLY", default="30/10m"),
    # beyond it forms are not kept, and can be sent all the same
    "draft": env.str("MANABIBA_RATE_DRAFT", default="60/10m"),
    "postcode": env.str("MANABIBA_RATE_POSTCODE", default="120/10m"),
    "feed_token": env.str("MANABIBA_RATE_FEED", default="120/10m"),
    "held_again": env.str("MANABIBA_RATE_HELD_AGAIN", default="20/10m"),
    # opened, by address; and names typed, by address and certificate
    "certificate": env.str("MANABIBA_RATE_CERTIFICATE", default="60/10m"),
    "certificate_name": env.str("MANABIBA_RATE_CERTIFICATE_NAME", default="10/10m"),
    # per application: the number on the wall has a million values and lives two minutes
    "door_number": env.str("MANABIBA_RATE_DOOR_NUMBER", default="10/10m"),
    # per client address: a whole hall may share one
    "door_code": env.str("MANABIBA_RATE_DOOR_CODE", default="300/10m"),
    # a room full of people answers behind one address
    "survey": env.str("MANABIBA_RATE_SURVEY", default="300/10m"),
    "instructor_request": env.str("MANABIBA_RATE_INSTRUCTOR", default="10/10m"),
    "question": env.str("MANABIBA_RATE_QUESTION", default="60/10m"),
    "request": env.str("MANABIBA_RATE_REQUEST", default="30/10m"),
    # per account: all that is kept of a person
    "own_data": env.str("MANABIBA_RATE_OWN_DATA", default="10/1h"),
    "group": env.str("MANABIBA_RATE_GROUP", default="30/10m"),
    # for the whole site: what a flood of senseless searches may write
    "search_misses": env.str("MANABIBA_RATE_SEARCH_MISSES", default="60/1m"),
}

# ---------------------------------------------------------------- logs
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"redact": {"()": "cms.log_redaction.RedactSecrets"}},
    "formatters": {
        "plain": {
            "()": "cms.log_redaction.RedactingFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["redact"],
            "formatter": "plain",
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
        # Unknown addresses are the visitor's affair, and often hold secrets.
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}
