"""Whatever hangs on a person is taken out with their data, or is left out with a reason."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Field, Model
from wagtail.models import Page

from accounts.domain.own_data import chapters, reasons_for_leaving_out
from accounts.models import User

# Who of the staff did it, or the person themselves: that is the trace of an act.
ACTED = "by"
# The back office's own: drafts, locks and log of those who edit pages.
OF_EDITING = "wagtail"


def _links(model: type[Model]) -> Iterator[Field]:
    for field in (*model._meta.fields, *model._meta.many_to_many):
        is_act = field.name == ACTED or field.name.endswith(f"_{ACTED}")
        if field.related_model is not None and not is_act:
            yield field


def _told() -> set[str]:
    return {label for chapter in chapters() for label in chapter.holds}


def unaccounted(told: set[str], left_out: set[str]) -> dict[str, list[str]]:
    """Models that are linked to a person or to what is told of one, with their links."""
    found = {}
    for model in apps.get_models():
        label, app = model._meta.label, model._meta.app_label
        edits = app.startswith(OF_EDITING) or issubclass(model, Page)
        if edits or label in told | left_out:
            continue
        links = [
            field.name
            for field in _links(model)
            if field.related_model is User or field.related_model._meta.label in told
        ]
        if links:
            found[label] = links
    return found


def test_every_link_to_a_person_is_accounted_for():
    assert unaccounted(_told(), set(reasons_for_leaving_out())) == {}


def test_a_link_that_nobody_accounts_for_is_found():
    told = _told() - {"enrollments.Offer", "learning_paths.Membership"}
    found = unaccounted(told, set(reasons_for_leaving_out()))
    assert found == {
        "enrollments.Offer": ["application"],
        "learning_paths.Membership": ["user"],
    }


def test_nothing_is_both_told_and_left_out_and_all_of_it_exists():
    left_out = reasons_for_leaving_out()
    assert _told().isdisjoint(left_out)
    assert all(left_out.values())
    for label in _told() | set(left_out):
        assert apps.get_model(label)._meta.label == label


def test_chapters_have_names_of_their_own_and_columns_that_differ():
    keys = [chapter.key for chapter in chapters()]
    assert len(keys) == len(set(keys))
    for chapter in chapters():
        names = [name for name, _heading in chapter.columns]
        assert len(names) == len(set(names))
