"""The pages of a new city, and what `serve` does on an empty database."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from wagtail.models import Site

from cms.management.commands import serve
from cms.models import HomePage, StagePage, StandardPage
from cms.site_setup import TEXTS, set_up_site, site_texts
from courses.models import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _city(settings):
    settings.CITY_NAME, settings.SITE_NAME = "あおば市", "あおば学びの森"
    settings.PUBLIC_URL = "https://manabi.aoba.example"


def test_site_opens_with_the_name_of_the_city(client):
    set_up_site()

    page = client.get("/", headers={"host": "testserver"}).content.decode()
    assert "あおば市の講座、講演会、学習会をさがして" in page
    assert "みどり野" not in page


def test_every_index_and_stage_can_be_opened(client):
    set_up_site()

    keys = Stage.objects.values_list("key", flat=True)
    addresses = ["/courses/", "/joint/", "/stages/", "/series/", "/paths/", "/news/"]
    addresses += [f"/stages/{key}/" for key in keys]
    assert {client.get(address).status_code for address in addresses} == {200}


def test_site_answers_at_the_public_address():
    set_up_site()

    site = Site.objects.get()
    assert (site.hostname, site.port, site.is_default_site) == (
        "manabi.aoba.example",
        443,
        True,
    )


def test_pages_that_only_the_city_can_finish_stay_drafts(client):
    set_up_site()

    drafts = StandardPage.objects.filter(live=False).values_list("slug", flat=True)
    assert set(drafts) == {"about", "privacy", "accessibility", "contact"}
    assert client.get("/privacy/").status_code == 404


def test_second_run_adds_what_is_missing_and_changes_nothing_else():
    set_up_site()
    HomePage.objects.update(title="書きかえた題")
    StagePage.objects.get(stage__key="growth").delete()

    made = set_up_site()

    assert [page.slug for page in made] == ["growth"]
    assert HomePage.objects.get().title == "書きかえた題"
    assert set_up_site() == []


def test_command_gives_the_roles_their_rights(capsys):
    call_command("set_up_site")

    assert "/privacy/  個人情報の取扱い  下書き" in capsys.readouterr().out
    home = HomePage.objects.get()
    assert home.group_permissions.filter(group__name="管理者").exists()


def test_serve_builds_no_demo_city_in_production(settings, monkeypatch, capsys):
    settings.SETTINGS_MODULE = "cms.settings.production"
    called = []
    monkeypatch.setattr(serve, "call_command", lambda name, *a, **k: called.append(name))
    serve.Command()._begin()

    assert called == ["set_up_site"]
    assert "createsuperuser" in capsys.readouterr().out


def test_accessibility_policy_has_every_part_and_claims_nothing():
    policy = next(
        page for page in site_texts()["standard"] if page["slug"] == "accessibility"
    )

    headings = [line[3:] for line in policy["body"].splitlines() if line.startswith("## ")]
    assert headings == [
        "対象範囲",
        "目標とするレベルと期限",
        "例外とするもの",
        "わかっている問題点",
        "試験の結果",
        "取り組み",
        "お困りのときは",
    ]
    assert "準拠" not in TEXTS.read_text(encoding="utf-8")


def test_published_standard_page_stands_in_the_footer(client):
    set_up_site()
    cache.clear()  # the footer is kept for a minute
    page = StandardPage.objects.get(slug="privacy")
    assert 'href="/privacy/"' not in client.get("/").content.decode()

    page.get_latest_revision().publish()
    cache.clear()

    assert 'href="/privacy/"' in client.get("/").content.decode()
