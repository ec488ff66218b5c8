"""What the database refuses of a draw: one forbidden and one allowed act for each."""

import pytest
from django.db import IntegrityError, transaction

from courses.models import SeatPool
from enrollments.models import Draw, DrawEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def pool_of(run) -> SeatPool:
    return run.pools.get()


def _refused(name: str, act) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        act()


def test_database_keeps_a_frozen_list(run, frozen):
    draws = Draw.objects.filter(pk=frozen.pk)
    entries = DrawEntry.objects.filter(draw=frozen)
    _refused("draw_keeps_its_list_and_source", lambda: draws.update(record="{}"))
    _refused("draw_keeps_its_list_and_source", lambda: draws.update(source="他"))
    _refused("draw_keeps_its_list_and_source", lambda: draws.update(secret="0" * 64))
    _refused("draw_is_kept", lambda: draws._raw_delete("default"))
    _refused("entry_is_kept", lambda: entries._raw_delete("default"))
    _refused("entry_stays_as_listed", lambda: entries.update(tier=3))
    _refused(
        "entry_is_ranked_by_a_result",
        lambda: entries.filter(pk=entries.first().pk).update(rank=1),
    )
    assert draws.update(frozen_by=None) == 1


def test_database_takes_no_entry_after_freezing(frozen):
    entry = frozen.entries.first()
    entry.pk, entry.application_id = None, entry.application_id
    _refused("entry_joins_an_open_list", entry.save)


def test_database_writes_a_result_once(held):
    draws = Draw.objects.filter(pk=held.pk)
    entries = DrawEntry.objects.filter(draw=held, rank=1)
    _refused("draw_result_is_written_once", lambda: draws.update(result="{}"))
    _refused("draw_result_is_written_once", lambda: draws.update(public_value="0"))
    _refused(
        "draw_(goes_forward|result_is_written_once)",
        lambda: draws.update(state="frozen", held_at=None, result=""),
    )
    _refused(
        "draw_goes_forward",
        lambda: draws.update(state="taken_back", taken_back_why="やり直し"),
    )
    _refused("entry_is_ranked_once", lambda: entries.update(rank=99))
    _refused("entry_is_ranked_once", lambda: entries.update(outcome="lost"))


def test_database_begins_a_draw_empty(run, closed):
    _refused(
        "draw_begins_without_its_record",
        lambda: Draw.objects.create(
            run=run, record="{}", source_on=closed.date(), frozen_at=closed
        ),
    )


def test_database_keeps_the_places_of_a_frozen_draw(frozen, pool_of):
    pools = SeatPool.objects.filter(pk=pool_of.pk)
    _refused("places_of_a_frozen_draw_are_kept", lambda: pools.update(capacity=3))
    assert pools.update(capacity=5) == 1


def test_a_run_has_one_draw_of_a_round(run, frozen, closed):
    _refused(
        "run_id|held_once",
        lambda: Draw.objects.create(run=run, source_on=closed.date(), frozen_at=closed),
    )
