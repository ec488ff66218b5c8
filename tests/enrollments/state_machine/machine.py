"""Whatever people and officers (`officers`) do in whatever order, the database stays as
the model says. Here: what people do, or staff for them."""

from datetime import timedelta
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
from courses.enums import PoolKind
from enrollments.domain.answering import answer_offer
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.drawing.refusals import ListIsFrozen
from enrollments.domain.leaving import cancel_application, void_application, withdraw
from enrollments.domain.offer_duties import expire_due
from enrollments.domain.refusals import (
    AlreadyApplied,
    NotEligible,
    OfferExpired,
    RunFull,
    RunNotHeld,
    TooManyParticipants,
)
from enrollments.domain.requests import PersonName, SeatRequest
from enrollments.enums import ApplicationState as State
from enrollments.enums import Channel, OfferState
from enrollments.models import Application, Offer
from enrollments.models.querysets import HOLDING, LIVE
from tests.enrollments.state_machine.model import Entry
from tests.enrollments.state_machine.offering import KANA
from tests.enrollments.state_machine.officers import POOLS, STEPS, Officers

ENDS = {
    withdraw: State.WITHDRAWN,
    cancel_application: State.CANCELLED,
    void_application: State.VOID,
}
FORMS = UUID("00000000-0000-0000-0000-000000000042")
PEOPLE = st.integers(0, len(KANA) - 1)
SEATS = st.integers(1, 3)
# To which pools those go who apply first: most where an order is kept or drawn.
FIRST = (0, 2, 0, 2, 3, 2, 0, 4, 2, 1, 3, 2)
ENTRIES = st.integers(0, 40)


def request_of(
    person: int, seats: int, form: int, channel: Channel, kind: str
) -> SeatRequest:
    name = PersonName("山田", "花", "ヤマダ", KANA[person])
    companions = tuple(
        PersonName("山田", f"子{n}", "ヤマダ", "コ" * n) for n in range(1, seats)
    )
    return SeatRequest(
        applicant=name,
        companions=companions,
        email=f"p{person}@example.jp",
        channel=channel,
        group_name="朗読の会" if kind == PoolKind.GROUPS else "",
        submission_key=uuid5(FORMS, str(form)),
    )


class Enrolling(Officers):
    # ------------------------------------------------------------ applying

    @initialize(seats=st.lists(SEATS, min_size=10, max_size=len(FIRST)))
    def many_apply(self, seats):
        """More than there are places, so that something is at stake."""
        for number, wanted in enumerate(seats):
            self._applies(FIRST[number], number % len(KANA), wanted, Channel.WEB)
            self.at += timedelta(seconds=20)

    @rule(which=POOLS, person=PEOPLE, seats=SEATS)
    def applies(self, which, person, seats):
        self._applies(which, person, seats, Channel.WEB)

    @rule(which=POOLS, person=PEOPLE, seats=SEATS, ago=STEPS)
    def staff_enter_a_card_of_before(self, which, person, seats, ago):
        """A postcard that came some time ago: its receipt counts, not its entry."""
        self._applies(which, person, seats, Channel.POSTCARD, ago=ago)

    @rule(which=st.integers(5, 7), person=PEOPLE, seats=st.integers(1, 2))
    def somebody_telephones(self, which, person, seats):
        """For places of the staff or of groups, or as an event list says."""
        self._applies(which, person, seats, Channel.PHONE)

    @rule(which=POOLS, person=PEOPLE, seats=SEATS)
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
        twice = any(p.has_live(person) for p in self._of_run(pk))

        def send():
            return apply_for_seat(
                run=row.run,
                request=request_of(person, seats, self.forms, channel, row.kind),
                by=by,
                at=self.at,
                received_at=self.at - ago,
                pool_kind=PoolKind(row.kind),
                **reasons,
            )

        refused = self._refusal(pool, by, seats)
        if refused is None and twice and "namesake_reason" not in reasons:
            refused = AlreadyApplied
        if refused is not None:
            self._refused(send, refused)
            return
        expected = pool.first_state(seats)
        made = send()
        if self.forms % 3 == 0:
            assert send().pk == made.pk, "the same form twice is one application"
        received = (made.received_at, made.tie)
        pool.entries.append(Entry(made.pk, person, seats, received, expected))

    def _refusal(self, pool, by, seats):
        """In the order in which they are said; none where it is taken."""
        if not pool.is_held:
            return RunNotHeld
        if by is None and (pool.closes is None or self.at >= pool.closes):
            return Refusal
        if seats > pool.party:
            return TooManyParticipants
        if by is None and not pool.is_for_all:
            return NotEligible
        if pool.frozen:
            return ListIsFrozen
        if pool.first_state(seats) == State.WAITING and not pool.has_line:
            return RunFull
        return None

    def _refused(self, send, kind):
        before = Application.objects.count()
        with pytest.raises(kind), transaction.atomic():
            send()
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
    @rule(which=ENTRIES)
    def one_after_the_other_declines(self, which):
        """Down the line, until nobody is left to ask or a party is too big."""
        pool, entry = self._pick(which, {State.OFFERED})
        while entry is not None:
            offer = Offer.objects.get(application=entry.key, state=OfferState.OPEN)
            if offer.reply_by <= self.at:
                return
            answer_offer(offer=offer, accepts=False, by=None, at=self.at)
            pool.move(entry, State.DECLINED)
            self._move_up(pool)
            asked = [one for one in pool.entries if one.state == State.OFFERED]
            entry = asked[0] if asked else None

    @precondition(lambda self: self._in({State.OFFERED}))
    @rule()
    def offers_run_out(self):
        expire_due(at=self.at)
        for pool in self.pools.values():
            if any(
                e.state == State.OFFERED and e.reply_by <= self.at for e in pool.entries
            ):
                self._move_up(pool)
