"""What officers and the worker do in the machine (`machine`)."""

from datetime import timedelta

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from courses.domain.sessions import cancel_session
from enrollments.domain.calling_off import cancel_run_and_tell, postpone_run_and_tell
from enrollments.domain.capacity import SeatsAlreadyGiven, change_capacity
from enrollments.domain.drawing.announcing import announce, settle_due
from enrollments.domain.drawing.freezing import freeze
from enrollments.domain.drawing.holding import hold
from enrollments.domain.drawing.taking_back import take_back
from enrollments.domain.screening import (
    MoreThanPlaces,
    decide,
    note_verdict,
    screening_plan,
    to_be_screened,
)
from enrollments.enums import ApplicationState as State
from enrollments.enums import DrawOutcome, DrawState
from enrollments.enums import ScreeningVerdict as Verdict
from enrollments.models import DrawEntry
from enrollments.models.querysets import LIVE
from tests.enrollments.state_machine.offering import BEGINS, CLOSES, Offering

OUTCOMES = {
    DrawOutcome.WON: State.ACCEPTED,
    DrawOutcome.WAITING: State.WAITING,
    DrawOutcome.LOST: State.LOST,
}
SCREENED = {
    Verdict.ACCEPT: State.ACCEPTED,
    Verdict.WAIT: State.WAITING,
    Verdict.REFUSE: State.LOST,
}
SECRET = bytes(range(32))
POOLS = st.integers(0, 7)
STEPS = st.sampled_from([timedelta(minutes=7), timedelta(hours=20), timedelta(days=2)])
VALUE_AFTER = timedelta(days=5)
EVE = BEGINS - timedelta(days=2)


class Officers(Offering):
    @rule(which=POOLS, places=st.integers(0, 6))
    def officer_changes_the_places(self, which, places):
        pk = list(self.pools)[which]
        pool = self.pools[pk]
        if pool.frozen:
            return
        try:
            with transaction.atomic():
                change_capacity(
                    pool=self.rows[pk], capacity=places, by=self.officer, at=self.at
                )
        except SeatsAlreadyGiven:
            assert places < pool.taken
        else:
            assert places >= pool.taken
            changed, pool.capacity = pool.capacity != places, places
            if changed:
                self._move_up(pool)

    @rule(step=STEPS)
    def time_passes(self, step):
        self.at = min(self.at + step, BEGINS - timedelta(hours=1))

    @precondition(lambda self: self.forms > 15)
    @rule()
    def eve_comes(self):
        """From now on places that come free are given at once."""
        self.at = max(self.at, EVE)

    @precondition(lambda self: self.draw is None and len(self.pools[self.lot].to_draw) > 1)
    @rule()
    def officer_freezes_the_list(self):
        pool = self.pools[self.lot]
        self.at = max(self.at, CLOSES + timedelta(hours=1))
        if self.at >= EVE - VALUE_AFTER or not pool.is_held:
            return
        self.value_known = self.at + VALUE_AFTER
        self.draw = freeze(
            despite_same_names=True,
            run=self.rows[self.lot].run,
            secret=SECRET,
            source="日経平均株価の終値",
            source_on=self.value_known.date(),
            by=self.officer,
            at=self.at,
        )
        pool.frozen = True

    @precondition(lambda self: self._frozen)
    @rule()
    def officer_takes_the_list_back(self):
        """A card that came in time was forgotten; it can be entered then."""
        if self.at >= self.value_known - timedelta(days=1):
            return
        take_back(draw=self.draw, why="はがきの入れ忘れ", by=self.officer, at=self.at)
        self.draw, self.pools[self.lot].frozen = None, False

    @precondition(lambda self: self._frozen)
    @rule()
    def officer_draws(self):
        """Nobody is told yet, and who has left keeps no place."""
        self.at = max(self.at, self.value_known)
        self.draw = hold(
            draw=self.draw, public_value="39,276.39", by=self.officer, at=self.at
        )

    @precondition(lambda self: self.pools[self.lot].is_held and self.draw is not None)
    @rule()
    def officer_announces(self):
        """The outcomes are the draw's; that they are fair and fit is checked."""
        pool = self.pools[self.lot]
        if not pool.frozen:
            return
        if self.draw.state == DrawState.FROZEN:
            self.officer_draws()
        listed = DrawEntry.objects.filter(draw=self.draw)
        outcomes = {drawn.application_id: drawn for drawn in listed}
        announce(draw=self.draw, by=self.officer, at=self.at)
        pool.frozen = pool.draws = False
        for entry in pool.entries:
            if entry.state == State.AWAITING_DRAW:
                drawn = outcomes[entry.key]
                entry.place = drawn.line
                pool.move(entry, OUTCOMES[DrawOutcome(drawn.outcome)])
        assert pool.taken <= pool.capacity
        self._move_up(pool)

    @property
    def _frozen(self):
        is_held = self.pools[self.lot].is_held
        return is_held and self.draw is not None and self.draw.state == DrawState.FROZEN

    @precondition(lambda self: self.pools[self.if_over].to_draw)
    @rule()
    def worker_settles_where_all_fit(self):
        """Where somebody does not fit it leaves the run to the officer."""
        pool = self.pools[self.if_over]
        self.at = max(self.at, CLOSES)
        wanted = sum(entry.seats for entry in pool.to_draw)
        settles = pool.is_held and wanted <= pool.capacity
        assert settle_due(at=self.at) == settles
        if settles:
            for entry in pool.to_draw:
                pool.move(entry, State.ACCEPTED)
            pool.draws = False

    # ------------------------------------------------------------ screening

    @precondition(lambda self: self._to_be_screened())
    @rule(verdicts=st.lists(st.sampled_from(Verdict), min_size=8, max_size=8))
    def officer_decides_on_all(self, verdicts):
        pool = self.pools[self.screened]
        run = self.rows[self.screened].run
        self.at = max(self.at, CLOSES)
        given = {e.key: verdicts[e.key % 8] for e in self._to_be_screened()}
        for application in to_be_screened(run):
            note_verdict(
                application=application,
                verdict=given[application.pk],
                note="",
                by=self.officer,
                at=self.at,
            )
        accepted = [e for e in self._to_be_screened() if given[e.key] == Verdict.ACCEPT]
        fits = pool.taken + sum(e.seats for e in accepted) <= pool.capacity
        try:
            with transaction.atomic():
                seen = screening_plan(run).seen
                decide(run=run, seen=seen, by=self.officer, at=self.at)
        except MoreThanPlaces:
            assert not fits
        else:
            assert fits
            for entry in self._to_be_screened():
                pool.move(entry, SCREENED[given[entry.key]])

    def _to_be_screened(self):
        pool = self.pools[self.screened]
        if not pool.is_held:
            return []
        return [e for e in pool.entries if e.state == State.AWAITING_SCREENING]

    # ------------------------------------------------------------ the run as a whole

    @rule(places=st.integers(1, 6))
    def event_list_is_imported_again(self, places):
        """What people have applied for is not touched."""
        self._import(places)
        if not self.pools[self.imported].entries:
            self.pools[self.imported].capacity = places

    @precondition(lambda self: self.forms > 14)
    @rule(which=POOLS, puts_off=st.booleans())
    def officer_calls_the_run_off_or_puts_it_off(self, which, puts_off):
        """Rare, as little can happen afterwards."""
        pk = list(self.pools)[which]
        if not self.pools[pk].is_held:
            return
        act = postpone_run_and_tell if puts_off else cancel_run_and_tell
        told = act(run=self.rows[pk].run, reason="荒天", by=self.officer, at=self.at)
        pools = self._of_run(pk)
        live = {e.key for p in pools for e in p.entries if e.state in LIVE}
        assert {application.pk for application in told} == live
        for pool in pools:
            if puts_off:
                pool.waits_for_days()
            else:
                pool.ends_for_all()

    @precondition(lambda self: self.forms > 17)
    @rule(which=st.sampled_from([0, 2]))
    def officer_cancels_the_only_session(self, which):
        """Rare, as little can happen afterwards."""
        pk = list(self.pools)[which]
        if not self.pools[pk].is_held:
            return
        session = self.rows[pk].run.sessions.get()
        cancel_session(session=session, reason="荒天", by=self.officer, at=self.at)
        for pool in self._of_run(pk):
            pool.is_held = False
