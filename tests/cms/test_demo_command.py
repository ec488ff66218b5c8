"""`manage.py demo` asks before it destroys, and never opens a real site to strangers."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from cms.demo.tree import HOME_KEY
from cms.management.commands import demo
from cms.models import HomePage
from courses.models import Course
from tests.factories import CourseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def built(monkeypatch):
    """The days for which a city was built, in place of building one."""
    days = []
    monkeypatch.setattr(
        demo, "build_city", lambda *, at, now: days.append(at.date().isoformat())
    )
    return days


def _home(**facts):
    root = Page.get_first_root_node()
    return root.add_child(instance=HomePage(title="トップ", slug="top", **facts))


def _run(*options):
    output = StringIO()
    call_command("demo", *options, stdout=output)
    return output.getvalue()


def test_demo_is_built_in_an_empty_database(built):
    _run("--today", "2026-11-21")
    assert built == ["2026-11-21"]


def test_demo_is_refused_where_a_city_works(built):
    CourseFactory()
    with pytest.raises(CommandError, match="--reset"):
        _run()
    assert built == []
    assert Course.objects.count() == 1


def test_demo_replaces_real_data_only_when_told_to(built):
    CourseFactory()
    _run("--today", "2026-11-21", "--reset")
    assert built == ["2026-11-21"]


def test_demo_replaces_itself(built):
    _home(translation_key=HOME_KEY)
    CourseFactory()
    _run("--today", "2026-11-21")
    assert built == ["2026-11-21"]


def test_demo_if_empty_does_nothing_where_pages_are(built):
    _home()
    assert _run("--if-empty") == ""
    assert built == []


def test_demo_if_empty_builds_where_no_pages_are(built):
    _run("--if-empty", "--today", "2026-11-21")
    assert built == ["2026-11-21"]


def test_demo_is_not_for_production(built, settings):
    settings.SETTINGS_MODULE = "cms.settings.production"
    with pytest.raises(CommandError, match="--force"):
        _run()
    assert built == []


def test_demo_in_production_can_be_forced(built, settings):
    settings.SETTINGS_MODULE = "cms.settings.production"
    _run("--today", "2026-11-21", "--force")
    assert built == ["2026-11-21"]


def test_accounts_are_shown_for_the_demo_only(built):
    assert _run("--accounts") == ""
    _home(translation_key=HOME_KEY)
    shown = _run("--accounts")
    assert "officer@example.jp" in shown
    assert "manabiba-demo-2026" in shown
    assert built == []


def test_demo_can_be_quiet(built):
    assert _run("--verbosity", "0", "--today", "2026-11-21") == ""
