"""Liveness and readiness for the operator's supervisor, and robots.txt."""

from functools import cache as cache_result

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

# Secret links stand nowhere in it: they are not to be guessed from here, and their pages
# say `noindex` themselves.
ROBOTS = """User-agent: *
Disallow: /manage/
Disallow: /accounts/
Disallow: /en/accounts/
Disallow: /my/
Disallow: /en/my/
Disallow: /apply/
Disallow: /en/apply/
Allow: /

Sitemap: {site}/sitemap.xml
"""


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is looked at."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Database, migrations and cache; 503 names what is not ready."""
    checks = {"database": _database(), "migrations": _migrations(), "cache": _cache()}
    status = 200 if all(checks.values()) else 503
    return JsonResponse(
        {name: "ok" if ok else "failed" for name, ok in checks.items()}, status=status
    )


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Feeds are never disallowed: calendars that obey robots.txt would go silent."""
    text = ROBOTS.format(site=settings.PUBLIC_URL)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _migrations() -> bool:
    try:
        return _up_to_date()
    except (DatabaseError, NotMigrated):
        return False


class NotMigrated(Exception):
    """Not remembered, so that it is looked at again."""


@cache_result
def _up_to_date() -> bool:
    """Reading all migrations is dear, and what is up to date stays so until the process
    is replaced. Raises: NotMigrated."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotMigrated
    return True


def _cache() -> bool:
    try:
        cache.set("readyz", "1", 5)
        return cache.get("readyz") == "1"
    except Exception:
        return False
