"""What the operator's supervisor, crawlers and browsers ask of the site itself."""

import pytest
from django.core.cache import cache
from django.db import DatabaseError

from cms.views import health


def test_liveness_asks_nothing_of_the_database(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-cache" in response["Cache-Control"]


@pytest.mark.django_db
def test_readiness_names_what_is_ready(client):
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {"database": "ok", "migrations": "ok", "cache": "ok"}


@pytest.mark.django_db
def test_missing_migration_is_not_ready(client, monkeypatch):
    health._up_to_date.cache_clear()
    monkeypatch.setattr(
        "cms.views.health.MigrationExecutor.migration_plan", lambda *args: ["one"]
    )

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["migrations"] == "failed"


@pytest.mark.django_db
def test_database_that_does_not_answer_is_not_ready(client, monkeypatch):
    class Broken:
        def cursor(self):
            raise DatabaseError

    monkeypatch.setattr(health, "connection", Broken())
    monkeypatch.setattr(health, "_migrations", lambda: True)

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {"database": "failed", "migrations": "ok", "cache": "ok"}


@pytest.mark.django_db
def test_cache_that_does_not_answer_is_not_ready(client, monkeypatch):
    def refuse(*args: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(cache, "set", refuse, raising=False)

    assert client.get("/readyz").json()["cache"] == "failed"


def test_robots_may_read_everything_public(client, db):
    response = client.get("/robots.txt")

    assert response.status_code == 200
    rules = [line for line in response.content.decode().splitlines() if "allow" in line]
    assert [rule for rule in rules if "calendar" in rule or ".ics" in rule] == []
    assert "Disallow: /" not in rules
    assert "Disallow: /manage/" in rules


def test_back_office_uses_the_sites_own_sign_in(client, db):
    response = client.get("/manage/login/?next=/manage/pages/")

    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/manage/pages/"


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "a.png").write_bytes(b"\x89PNG")
    (tmp_path / "images" / "a.svg").write_text("<svg onload='x()'/>")
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "list.pdf").write_bytes(b"%PDF")
    (tmp_path.parent / "outside.png").write_bytes(b"\x89PNG")


def test_pictures_are_served_and_never_sniffed(client, media):
    response = client.get("/media/images/a.png")

    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    "path",
    [
        "images/a.svg",
        "documents/list.pdf",
        "images/none.png",
        "../outside.png",
        "images/../../outside.png",
        "%2e%2e/outside.png",
        "images",
    ],
)
def test_nothing_else_is_served_from_media(client, db, media, path):
    assert client.get(f"/media/{path}").status_code == 404
