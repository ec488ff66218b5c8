"""What every field of every form bounds, so that nothing that is typed is more than a
column or a clock can hold: PostgreSQL refuses what SQLite takes."""

import importlib
import pkgutil
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError

import accounts.forms
import cms.forms
import courses.forms
import enrollments.forms
import learning_paths.forms

PACKAGES = (
    accounts.forms,
    courses.forms,
    enrollments.forms,
    learning_paths.forms,
    cms.forms,
)
SENSELESS = (1, 9999)
# One sign that becomes five: キログラム.
WIDE = "㌕"
TRAP = ".homepage"
# The telephone of a section is written as the section likes.
NOT_TIDIED = ("cms.forms.run.RunForm.contact_phone", "cms.forms.run.RunForm.contact_email")


def _forms() -> Iterator[type[forms.BaseForm]]:
    """What is made of a model keeps to the model."""
    for package in PACKAGES:
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for value in vars(importlib.import_module(found.name)).values():
                is_form = isinstance(value, type) and issubclass(value, forms.BaseForm)
                own = is_form and value.__module__ == found.name
                if own and not issubclass(value, forms.ModelForm):
                    yield value


def _fields(kind: type[forms.Field]) -> dict[str, forms.Field]:
    return {
        f"{form.__module__}.{form.__qualname__}.{name}": field
        for form in _forms()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, kind)
    }


def _takes(field: forms.Field, value: object) -> bool:
    try:
        field.run_validators(value)
    except ValidationError:
        return False
    return True


def test_no_day_is_before_or_after_all_calendars():
    moments = {
        name: [datetime(year, 1, 1, tzinfo=UTC) for year in SENSELESS]
        for name in _fields(forms.DateTimeField)
    } | {
        name: [date(year, 1, 1) for year in SENSELESS] for name in _fields(forms.DateField)
    }
    fields = _fields(forms.DateTimeField) | _fields(forms.DateField)

    unbounded = [
        name
        for name, field in fields.items()
        if any(_takes(field, m) for m in moments[name])
    ]
    assert len(fields) > 20
    assert unbounded == []


def test_no_line_is_without_end():
    lines = {
        name: field
        for name, field in _fields(forms.CharField).items()
        if type(field.widget) is forms.TextInput and not name.endswith(TRAP)
    }

    assert len(lines) > 80
    assert [name for name, field in lines.items() if field.max_length is None] == []


@pytest.mark.parametrize("tidied", ["_kana", "phone", "email"])
def test_what_is_tidied_is_measured_afterwards(tidied):
    named = {
        name: field
        for name, field in _fields(forms.CharField).items()
        if name.endswith(tidied) and name not in NOT_TIDIED
    }

    too_long = [
        name
        for name, field in named.items()
        if _takes(field, field.to_python(WIDE * (field.max_length or 0)))
        or type(field) in (forms.CharField, forms.EmailField)
    ]
    assert len(named) > 3
    assert too_long == []
