"""What the first requests would make in every process is made once, before gunicorn forks
(`--preload`): its workers then share it, and nobody waits for it."""

from django.conf import settings
from django.core.cache import caches
from django.template import engines
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation

# Of residents' pages; the back office's are larger, and few people's.
FOLDERS = ("account", "accounts", "cms", "components", "enrollments", "learning_paths")


def warm() -> None:
    """Neither the database nor the cache is asked: a connection must not be shared."""
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            reverse("account_login")  # any name: makes the table of all of a language
    for name in _templates():
        get_template(name)
    engines["django"].engine.template_context_processors  # noqa: B018 (kept when read)
    getattr(caches["default"], "_cache", None)  # loads what speaks with Valkey


def _templates() -> list[str]:
    root = settings.BASE_DIR / "cms" / "templates"
    folders = (root / folder for folder in FOLDERS)
    pages = [page for folder in folders for page in sorted(folder.rglob("*.html"))]
    return ["base.html", *(str(page.relative_to(root)) for page in pages)]
