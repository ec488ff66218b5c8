"""Guards are laid down by `migrate`, and lifted and laid down together."""

import pytest
from django.core.management import call_command

from accounts import guarding
from courses import guards as courses_guards
from enrollments import guards as enrollments_guards
from learning_paths import guards as learning_paths_guards

pytestmark = pytest.mark.django_db


def test_every_guard_is_laid_down():
    assert guarding.missing() == []


def test_names_are_unique_and_short_enough_for_postgresql():
    names = [guard.name for guard in guarding.all_guards()]
    assert len(set(names)) == len(names)
    assert [name for name in names if len(name) > 63] == []


def test_guards_of_every_app_are_lifted_and_laid_down_again():
    every = (courses_guards, enrollments_guards, learning_paths_guards)
    names = [guard.name for app in every for guard in app.GUARDS]
    with guarding.lifted():
        assert sorted(guarding.missing()) == sorted(names)
    assert guarding.missing() == []


def test_migrate_brings_back_what_was_lost():
    guarding.lift()
    call_command("migrate", verbosity=0)
    assert guarding.missing() == []
