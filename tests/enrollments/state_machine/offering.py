"""Five runs: places are given in order, from four pools; by lot; by lot only if too many
come; by screening; and in a run from an event list that people telephone for. After every
step the database is compared with the model, and audited.

Each example is a transaction that is rolled back.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
)

from cms.event_lists import compute
from courses.domain.event_import import apply_plan
from courses.enums import PoolKind, SelectionMode
from courses.exchange.event_list.planning import understand
from courses.models import SeatPool
from enrollments.domain.audit import differences
from enrollments.enums import ApplicationState as State
from enrollments.enums import OfferState
from enrollments.models import Application, Notification, Offer, Transition
from enrollments.models.querysets import HOLDING
from tests.courses.event_rows import event
from tests.enrollments.state_machine.model import Pool
from tests.factories import (
    NOON,
    CourseRunFactory,
    SeatPoolFactory,
    SessionFactory,
    StaffProfileFactory,
)

# The last two are chance namesakes: one reading, two addresses.
KANA = ["アオ", "イチ", "ウメ", "エミ", "オト", "カイ", "カオル", "カオル"]
BY_LOT = (SelectionMode.LOTTERY, SelectionMode.LOTTERY_IF_OVER)
CLOSES = NOON + timedelta(days=8)
BEGINS = NOON + timedelta(days=50)


class Offering(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self._rolled_back = transaction.atomic()
        self._rolled_back.__enter__()
        self.at, self.forms, self.draw = NOON, 0, None
        self.officer = StaffProfileFactory().user
        self.pools: dict[int, Pool] = {}
        self.rows: dict[int, SeatPool] = {}
        in_order = self._run(SelectionMode.FIRST_COME, BEGINS)
        by_lot = self._run(SelectionMode.LOTTERY, BEGINS + timedelta(days=30))
        screened = self._run(SelectionMode.SCREENING, BEGINS + timedelta(days=40))
        if_over = self._run(SelectionMode.LOTTERY_IF_OVER, BEGINS + timedelta(days=50))
        self._pool(in_order, PoolKind.GENERAL, 4)
        self._pool(in_order, PoolKind.ONLINE, 2)
        self.lot = self._pool(by_lot, PoolKind.GENERAL, 4)
        self.screened = self._pool(screened, PoolKind.GENERAL, 3)
        self.if_over = self._pool(if_over, PoolKind.GENERAL, 5)
        self._pool(in_order, PoolKind.STAFF, 2)
        self._pool(in_order, PoolKind.GROUPS, 3)
        self.imported = self._imported(places=3)

    def _run(self, mode, begins):
        run = CourseRunFactory(
            course__department=self.officer.staff_profile.department,
            selection_mode=mode,
            max_participants=3,
            applications_close_at=CLOSES,
        )
        SessionFactory(run=run, number=1, starts_at=begins)
        return run

    def _pool(self, run, kind, places) -> int:
        row = SeatPoolFactory(run=run, kind=kind, capacity=places)
        self.pools[row.pk] = Pool(
            capacity=places,
            begins=run.sessions.get().starts_at,
            draws=run.selection_mode in BY_LOT,
            screens=run.selection_mode == SelectionMode.SCREENING,
            closes=CLOSES,
            is_for_all=kind not in (PoolKind.STAFF, PoolKind.GROUPS),
        )
        self.rows[row.pk] = row
        return row.pk

    def _imported(self, places) -> int:
        self._import(places)
        row = SeatPool.objects.get(run__course__title="書道の会")
        self.pools[row.pk] = Pool(
            capacity=places,
            begins=row.run.sessions.get().starts_at,
            has_line=row.run.waiting_list,
            party=row.run.max_participants,
        )
        self.rows[row.pk] = row
        return row.pk

    def _import(self, places) -> None:
        """As the command does: planned and applied in one transaction."""
        lists = understand([event(name="書道の会", capacity=f"{places}名")])
        department = self.officer.staff_profile.department.code
        with transaction.atomic():
            computed = compute(lists, department=department, at=self.at, lock=True)
            apply_plan(plan=computed.plan, by=None, at=self.at)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self._rolled_back.__exit__(None, None, None)

    # ------------------------------------------------------------ what must never be false

    @invariant()
    def states_are_those_of_the_model(self):
        expected = {entry.key: entry.state for entry in self._all()}
        assert dict(Application.objects.values_list("pk", "state")) == expected

    @invariant()
    def no_pool_is_oversold(self):
        for pk, pool in self.pools.items():
            row = SeatPool.objects.get(pk=pk)
            held = Application.objects.filter(pool=pk, state__in=HOLDING)
            counted = sum(held.values_list("seats", flat=True))
            assert row.seats_taken == counted == pool.taken <= row.capacity

    @invariant()
    def parties_stay_whole(self):
        rows = Application.objects.annotate(people=Count("participants")).order_by()
        counted = {
            pk: (seats, n) for pk, seats, n in rows.values_list("pk", "seats", "people")
        }
        assert counted == {entry.key: (entry.seats, entry.seats) for entry in self._all()}

    @invariant()
    def receipt_numbers_are_in_order_of_receipt(self):
        rows = Application.objects.order_by("received_at", "tie")
        numbers = [row.receipt_number for row in rows.only("received_at", "tie")]
        assert numbers == sorted(set(numbers))

    @invariant()
    def every_move_has_its_trace_and_every_news_its_message(self):
        moves = sum(entry.moves for entry in self._all())
        assert Transition.objects.count() == moves
        told = Notification.objects.filter(occasion__startswith="transition:")
        not_told = Application.objects.exclude(state=State.VOID)
        assert not not_told.exclude(pk__in=told.values("application")).exists()

    @invariant()
    def the_audit_finds_nothing(self):
        assert differences() == []

    # ------------------------------------------------------------

    def _of_run(self, pk):
        """All pools of the run that this one is of."""
        run = self.rows[pk].run
        return [pool for key, pool in self.pools.items() if self.rows[key].run == run]

    def _all(self):
        return [entry for pool in self.pools.values() for entry in pool.entries]

    def _in(self, states):
        """Pools with their entries in one of these states."""
        return [
            (pool, entry)
            for pool in self.pools.values()
            for entry in pool.entries
            if entry.state in states
        ]

    def _pick(self, which, states):
        found = self._in(states)
        return found[which % len(found)]

    def _row(self, entry):
        return Application.objects.get(pk=entry.key)

    def _move_up(self, pool):
        """By the model, then with the deadlines that new offers were given."""
        pool.move_up(self.at)
        open_offers = Offer.objects.filter(state=OfferState.OPEN)
        until = dict(open_offers.values_list("application_id", "reply_by"))
        for entry in pool.entries:
            if entry.state == State.OFFERED:
                assert entry.key in until, "who is next has been offered the place"
                entry.reply_by = until[entry.key]
