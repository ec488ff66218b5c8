"""The stages, themes and competencies that a new installation starts with."""

from importlib import import_module

import pytest
from django.apps import apps

from courses.models import Competency, Stage, Theme

seed = import_module("courses.migrations.0002_seed_taxonomy").seed

pytestmark = pytest.mark.django_db


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_stages_are_in_the_order_of_the_plan():
    assert list(Stage.objects.values_list("key", "name")) == [
        ("awareness", "関心・きっかけ"),
        ("participation", "参加・体験"),
        ("preparation", "準備・立ち上げ"),
        ("practice", "活動実践"),
        ("growth", "成長・安定"),
        ("expansion", "展開"),
    ]


def test_only_the_confirmed_stages_are_autonomous_and_not_provisional():
    assert list(Stage.objects.values_list("is_autonomous", "name_is_provisional")) == [
        (False, True),
        (False, True),
        (False, True),
        (True, False),
        (True, False),
        (True, False),
    ]


def test_every_stage_explains_itself_in_both_languages():
    for stage in Stage.objects.all():
        texts = (stage.furigana, stage.name_en, stage.description, stage.description_en)
        assert all(texts), stage.key


def test_stage_colours_can_be_read_on_white():
    for stage in Stage.objects.all():
        assert 1.05 / (_luminance(stage.colour) + 0.05) >= 4.5, stage.key


def test_themes_have_three_roots_with_everything_below_them():
    roots = Theme.objects.filter(parent=None).values_list("key", "branch", "name")
    assert set(roots) == {
        ("local-issues", "local_issue", "地域課題"),
        ("organisation-skills", "organisation", "運営の力"),
        ("personal-skills", "personal", "個人の力"),
    }
    for theme in Theme.objects.exclude(parent=None).select_related("parent"):
        assert theme.branch == theme.parent.branch, theme.key
        assert theme.name_en, theme.key


def test_competencies_are_the_five_of_a_coordinator():
    assert list(Competency.objects.values_list("name", flat=True)) == [
        "調整力",
        "コミュニケーション力",
        "地域をつなぐ力",
        "創造性・企画力",
        "リスクマネジメント力",
    ]


def test_seeding_again_adds_nothing_and_leaves_the_citys_words():
    Stage.objects.filter(key="awareness").update(name="気づき", sort_order=1)
    before = Stage.objects.count(), Theme.objects.count(), Competency.objects.count()

    seed(apps, None)

    after = Stage.objects.count(), Theme.objects.count(), Competency.objects.count()
    assert after == before
    assert Stage.objects.get(key="awareness").name == "気づき"
