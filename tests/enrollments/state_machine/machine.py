"""Whatever people and officers do in whatever order, the database stays as the
model says."""

from datetime import date, timedelta
from uuid import UUID, uuid5

import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    precondition,
    rule,
)

from accounts.domain.refusal import Refusal
from courses.domain.sessions import cancel_session
from courses.enums import PoolKind
from enrollments.domain.answering import answer_offer
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.capacity import SeatsAlreadyGiven, change_capacity
from enrollments.domain.drawing.announcing import announce
from enrollments.domain.drawing.freezing import freeze
from enrollments.domain.drawing.holding import hold
from enrollments.domain.drawing.refusals import ListIsFrozen
from enrollments.domain.leaving import cancel_application, void_application, withdraw
from enrollments.domain.offer_duties import expire_due
from enrollments.domain.refusals import AlreadyApplied, OfferExpired, RunNotHeld
from enrollments.domain.requests import PersonName, SeatRequest
from enrollments.enums import ApplicationState as State
from enrollments.enums import Channel, DrawOutcome, OfferState
from enrollments.models import Application, DrawEntry, Offer
from enrollments.models.querysets import HOLDING, LIVE
from tests.enrollments.state_machine.model import Entry
from tests.enrollments.state_machine.offering import BEGINS, CLOSES, KANA, Offering
from tests.factories import (
    NOON,
)

OUTCOMES = {
    DrawOutcome.WON: State.ACCEPTED,
    DrawOutcome.WAITING: State.WAITING,
    DrawOutcome.LOST: State.LOST,
}
ENDS = {
    withdraw: State.WITHDRAWN,
    cancel_application: State.CANCELLED,
    void_application: State.VOID,
}
FORMS = UUID("00000000-0000-0000-0000-000000000042")
SECRET = bytes(range(32))
PEOPLE = st.integers(0, len(KANA) - 1)
SEATS = st.integers(1, 3)
ENTRIES = st.integers(0, 40)
STEPS = st.sampled_from([timedelta(minutes=7), timedelta(hours=20), timedelta(days=2)])
SOURCE_ON = date(2026, 12, 20)
VALUE_KNOWN = NOON + timedelta(days=29)
EVE = BEGINS - timedelta(days=2)


def request_of(person: int, seats: int, form: int, channel: Channel) -> SeatRequest:
    name = PersonName("山田", "花", "ヤマダ", KANA[person])
    companions = tuple(
        PersonName("山田", f"子{n}", "ヤマダ", "コ" * n) for n in range(1, seats)
    )
    return SeatRequest(
        applicant=name,
        companions=companions,
        email=f"p{person}@example.jp",
        channel=channel,
        submission_key=uuid5(FORMS, str(form)),
    )


class Enrolling(Offering):
    # ------------------------------------------------------------ applying

    @initialize(seats=st.lists(SEATS, min_size=10, max_size=14))
    def many_apply(self, seats):
        """More than there are places, so that something is at stake."""
        for number, wanted in enumerate(seats):
            self._applies(number % 3, number % len(KANA), wanted, Channel.WEB)
            self.at += timedelta(seconds=20)

    @rule(which=st.integers(0, 2), person=PEOPLE, seats=SEATS)
    def applies(self, which, person, seats):
        self._applies(which, person, seats, Channel.WEB)

    @rule(which=st.integers(0, 2), person=PEOPLE, seats=SEATS, ago=STEPS)
    def staff_enter_a_card_of_before(self, which, person, seats, ago):
        """A postcard that came some time ago: its receipt counts, not its entry."""
        self._applies(which, person, seats, Channel.POSTCARD, ago=ago)

    @rule(which=st.integers(0, 2), person=PEOPLE, seats=SEATS)
    def staff_enter_a_namesake(self, which, person, seats):
        self._applies(
            which, person, seats, Channel.PHONE, namesake_reason="同姓同名の別の方"
        )

    def _applies(self, which, person, seats, channel, ago=timedelta(0), **reasons):
        pk = list(self.pools)[which]
        row, pool = self.rows[pk], self.pools[pk]
        self.forms += 1
        by = None if channel == Channel.WEB else self.officer
        if by is not None:
            reasons["override_reason"] = "窓口で受けたもの"
        closed = self.at >= CLOSES and by is None
        mine = [p for key, p in self.pools.items() if self.rows[key].run == row.run]
        twice = any(p.has_live(person) for p in mine) and "namesake_reason" not in reasons

        def send():
            return apply_for_seat(
                run=row.run,
                request=request_of(person, seats, self.forms, channel),
                by=by,
                at=self.at,
                received_at=self.at - ago,
                pool_kind=PoolKind(row.kind),
                **reasons,
            )

        if not pool.is_held or closed or twice or pool.frozen:
            self._refused(send, pool, closed)
            return
        expected = pool.first_state(seats)
        made = send()
        again = send()
        assert again.pk == made.pk, "the same form twice is one application"
        received = (made.received_at, made.tie)
        pool.entries.append(Entry(made.pk, person, seats, received, expected))

    def _refused(self, send, pool, closed):
        before = Application.objects.count()
        with pytest.raises(Refusal) as refused, transaction.atomic():
            send()
        if not pool.is_held:
            assert refused.type is RunNotHeld
        elif not closed:
            assert refused.type is (ListIsFrozen if pool.frozen else AlreadyApplied)
        assert Application.objects.count() == before

    # ------------------------------------------------------------ leaving

    @precondition(lambda self: self._in(LIVE))
    @rule(which=ENTRIES, how=st.sampled_from([*ENDS]))
    def leaves(self, which, how):
        """By the person or by the organiser; the line moves up."""
        pool, entry = self._pick(which, LIVE)
        self._leave(pool, entry, how)

    def _leave(self, pool, entry, how):
        by = None if how is withdraw else self.officer
        how(application=self._row(entry), by=by, at=self.at, why="都合により")
        pool.move(entry, ENDS[how])
        self._move_up(pool)

    @precondition(lambda self: self._in(HOLDING))
    @rule(which=ENTRIES, how=st.sampled_from([*ENDS]))
    def a_place_comes_free(self, which, how):
        pool, entry = self._pick(which, HOLDING)
        self._leave(pool, entry, how)

    @precondition(lambda self: self._in({State.OFFERED}))
    @rule(which=ENTRIES, accepts=st.booleans())
    def answers_an_offer(self, which, accepts):
        pool, entry = self._pick(which, {State.OFFERED})
        offer = Offer.objects.get(application=entry.key, state=OfferState.OPEN)
        late = offer.reply_by <= self.at
        try:
            answer_offer(offer=offer, accepts=accepts, by=None, at=self.at)
        except OfferExpired:
            assert late
        else:
            assert not late
            pool.move(entry, State.ACCEPTED if accepts else State.DECLINED)
        if late or not accepts:
            self._move_up(pool)

    @precondition(lambda self: self._in({State.OFFERED}))
    @rule()
    def offers_run_out(self):
        expire_due(at=self.at)
        for pool in self.pools.values():
            if any(
                e.state == State.OFFERED and e.reply_by <= self.at for e in pool.entries
            ):
                self._move_up(pool)

    # ------------------------------------------------------------ officers

    @rule(which=st.integers(0, 2), places=st.integers(0, 6))
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

    @precondition(lambda self: self.forms > 14)
    @rule()
    def eve_comes(self):
        """From now on places that come free are given at once."""
        self.at = max(self.at, EVE)

    @precondition(lambda self: self.draw is None and len(self.pools[self.lot].to_draw) > 3)
    @rule()
    def officer_freezes_the_list(self):
        pool = self.pools[self.lot]
        self.at = max(self.at, CLOSES + timedelta(hours=1))
        if self.at >= VALUE_KNOWN - timedelta(days=1) or not pool.is_held:
            return
        self.draw = freeze(
            run=self.rows[self.lot].run,
            secret=SECRET,
            source="日経平均株価の終値（12月20日）",
            source_on=SOURCE_ON,
            by=self.officer,
            at=self.at,
        )
        pool.frozen = True

    @precondition(lambda self: self.draw is not None and self.pools[self.lot].frozen)
    @rule()
    def officer_draws_and_announces(self):
        """The outcomes are the draw's; that they are fair and fit is checked."""
        pool = self.pools[self.lot]
        self.at = max(self.at, VALUE_KNOWN)
        hold(draw=self.draw, public_value="39,276.39", by=self.officer, at=self.at)
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

    @precondition(lambda self: self.forms > 16)
    @rule(which=st.sampled_from([0, 2]))
    def officer_cancels_the_only_session(self, which):
        """Rare, as little can happen afterwards."""
        pk = list(self.pools)[which]
        run = self.rows[pk].run
        if not self.pools[pk].is_held:
            return
        cancel_session(
            session=run.sessions.get(), reason="荒天", by=self.officer, at=self.at
        )
        for key, pool in self.pools.items():
            if self.rows[key].run == run:
                pool.is_held = False
