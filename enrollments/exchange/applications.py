"""申込み: rows without a receipt number are applications that came on paper or by phone,
taken as an officer takes them; with one they are there already."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.domain.contact import kana_key
from courses.domain.locking import hold_run
from courses.enums import RowOutcome
from courses.exchange.columns.choices import LANGUAGE
from courses.exchange.plans.differing import differences
from courses.exchange.plans.resource import PlanResource
from courses.exchange.plans.row import Changes, Made, ReadRow, RowPlan
from courses.models import CourseRun
from enrollments.domain.foreseeing import Foresight
from enrollments.domain.requests import SeatRequest
from enrollments.domain.voiding_imported import Voiding
from enrollments.enums import ApplicationState as State
from enrollments.exchange.application_columns import APPLICATION_COLUMNS
from enrollments.exchange.application_requests import RequestReader, form_key
from enrollments.exchange.application_writing import Writing
from enrollments.exchange.known_applications import load, plan_known, undo_contact
from enrollments.models import Application, PersonClaim
from enrollments.models.querysets import LIVE

# Of one second, so that the receipt numbers of a large pile do not run out.
MOST_OF_A_SECOND = 9000
TRIES = 20


class ApplicationResource(PlanResource):
    columns = APPLICATION_COLUMNS
    about_people = True

    def begin(self, *, lock: bool) -> None:
        """Under the run's lock the places that were foreseen are there to be taken."""
        if lock:
            hold_run(self.run.pk)
        self.foresight = Foresight(self.run.pk, by=self.setting.by)
        self.reader = RequestReader(self.foresight.run)
        self.rows_by_form: dict[UUID, int] = {}
        self.rows_by_person: dict[str, int] = {}
        self.of_second: Counter[datetime] = Counter()
        self.requests: dict[int, SeatRequest | ValueError] = {}
        self.writing = Writing(self.foresight, self.setting)
        self.undoing: Voiding | None = None

    @property
    def run(self) -> CourseRun:
        assert self.setting.run is not None
        return self.setting.run

    def prepare(self, rows: Sequence[ReadRow]) -> None:
        self.known = load(self.run, rows)
        self.requests = {row.line: self._read(row) for row in rows}
        good = [one for one in self.requests.values() if isinstance(one, SeatRequest)]
        self._load_forms(good)
        keys = {key for one in good for key in self.foresight.keys_of(one)}
        claims = PersonClaim.objects.filter(run=self.run, key__in=keys)
        self.claimed = {
            one.key: one.application for one in claims.select_related("application")
        }
        self._load_namesakes(good)

    def _read(self, row: ReadRow) -> SeatRequest | ValueError:
        """What is wrong is said when the row's turn comes."""
        if row.get("receipt_number"):
            return ValueError()
        try:
            request = self.reader.request(row)
        except ValueError as wrong:
            return wrong
        key = form_key(self.run, request, row.get("received_at", None))
        return replace(request, submission_key=key)

    def _load_forms(self, requests: Sequence[SeatRequest]) -> None:
        keys = [one.submission_key for one in requests]
        again = [uuid5(key, str(n)) for key in keys for n in range(1, 4)]
        found = Application.objects.filter(run=self.run, submission_key__in=[*keys, *again])
        self.by_form = {one.submission_key: one for one in found}

    def _load_namesakes(self, requests: Sequence[SeatRequest]) -> None:
        """By both names, as a run of a thousand has dozens of 佐藤."""
        people = [one.applicant for one in requests]
        found = Application.objects.filter(
            run=self.run,
            state__in=LIVE,
            family_name_kana__in={one.family_kana for one in people},
            given_name_kana__in={one.given_kana for one in people},
        ).only("family_name_kana", "given_name_kana", "received_at", "tie")
        self.namesakes = {kana_key(one.full_name_kana): one.receipt_number for one in found}

    def plan(self, row: ReadRow) -> RowPlan:
        number = row.get("receipt_number")
        if number:
            found = self.known.get(number)
            if found is None:
                words = _("受付番号「%(number)s」の申込みは、この開催にありません。")
                raise ValueError(words % {"number": number})
            return plan_known(found, row, self.setting)
        request = self.requests[row.line]
        if isinstance(request, ValueError):
            raise request
        return self._plan_new(row, request)

    def _plan_new(self, row: ReadRow, request: SeatRequest) -> RowPlan:
        name = f"{request.applicant.family} {request.applicant.given}"
        there = self.by_form.get(request.submission_key)
        tries = 0
        while there is not None and there.state not in LIVE and tries < TRIES:
            tries += 1
            key = uuid5(request.submission_key, str(tries))
            there = self.by_form.get(key)
        if there is not None:
            return RowPlan(RowOutcome.UNCHANGED, f"{there.receipt_number} {name}")
        if tries:
            key = uuid5(request.submission_key, str(tries))
            request = replace(request, submission_key=key)
        self._require_new(row, request)
        received = self._received(row)
        reason = row.get("override_reason")
        passed = self.foresight.apply(
            request,
            at=self.setting.at,
            received_at=received,
            override_reason=reason,
            namesake_reason=reason if row.get("is_namesake", None) else "",
            pool_kind=self.reader.pool_kind(row),
        )
        self._remember(row, request)
        notes = self._doubts(request)
        return RowPlan(
            RowOutcome.NEW,
            name,
            changes=self._told(row, passed.place.first_state),
            notes=notes,
            act=lambda: self.writing.leave(row.line, passed),
        )

    def _require_new(self, row: ReadRow, request: SeatRequest) -> None:
        """Neither typed twice nor somebody who has applied. Raises: ValueError."""
        line = self.rows_by_form.get(request.submission_key)
        if line:
            raise ValueError(_("%(line)d行目と同じ申込みです。") % {"line": line})
        is_other = bool(row.get("is_namesake", None))
        if is_other and not row.get("override_reason"):
            raise ValueError(
                _("別の方とわかる理由を「特別に受け付ける理由」に書いてください。")
            )
        for key in self.foresight.keys_of(request):
            if is_other:
                continue
            if key in self.claimed:
                words = _("受付番号 %(number)s の申込みと、氏名の読みと連絡先が同じです。")
                raise ValueError(words % {"number": self.claimed[key].receipt_number})
            if key in self.rows_by_person:
                words = _("%(line)d行目と、氏名の読みと連絡先が同じです。")
                raise ValueError(words % {"line": self.rows_by_person[key]})

    def _remember(self, row: ReadRow, request: SeatRequest) -> None:
        self.rows_by_form[request.submission_key] = row.line
        for key in self.foresight.keys_of(request):
            self.rows_by_person.setdefault(key, row.line)

    def _doubts(self, request: SeatRequest) -> tuple[str, ...]:
        """A town has namesakes, and people apply twice from two telephones."""
        kana = kana_key(request.applicant.kana)
        other = self.namesakes.get(kana)
        if other is None:
            return ()
        words = _("読みの同じ方の申込みがあります（受付番号 %(number)s、連絡先は別）。")
        return (words % {"number": other},)

    def _received(self, row: ReadRow) -> datetime:
        """Raises: ValueError."""
        at = self.setting.at
        moment: datetime = row.get("received_at", None) or at
        if moment > at:
            raise ValueError(_("受付日時は、いまより前にしてください。"))
        moment = moment.replace(microsecond=0)
        later = self.of_second[moment] // MOST_OF_A_SECOND
        self.of_second[moment] += 1
        return moment + timedelta(seconds=later)

    def _told(self, row: ReadRow, state: State) -> Changes:
        shown = {
            name: value
            for name, value in row.values.items()
            if name in row.given and name not in ("full_name", "state")
        }
        with translation.override(LANGUAGE):
            becomes = {_("状態"): ["", str(state.label)]}
        return becomes | differences(APPLICATION_COLUMNS, {}, shown)

    def settle(self) -> None:
        self.writing.settle()
        if self.undoing is not None:
            self.undoing.settle()

    def prepare_undo(self, made: Sequence[Made]) -> None:
        if self.undoing is None:
            by, at = self.setting.by, self.setting.at
            self.undoing = Voiding(self.run.pk, by=by, at=at)
        self.undoing.look_at(one["pk"] for one in made if one["what"] == "application")

    def undo(self, made: dict[str, Any]) -> None:
        if made["what"] == "contact":
            undo_contact(made, self.setting)
            return
        assert self.undoing is not None
        self.undoing.void(made["pk"], state=State(made["state"]))

    def finish(self) -> None:
        """Only once all are gone whoever waited moves up."""
        if self.undoing is not None:
            self.undoing.give_free_places()
