"""出席: a row is somebody with a place, by receipt number or by name and reading; a mark is
recorded as by the officer at the door. An empty cell leaves what is there."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from accounts.domain.contact import kana_key
from accounts.domain.sections import require_section
from courses.domain.locking import hold_run
from courses.enums import RowOutcome
from courses.exchange.columns.column import Column
from courses.exchange.plans.resource import BuiltUpon, PlanResource
from courses.exchange.plans.row import Changes, Made, ReadRow, RowPlan
from courses.exchange.plans.setting import Setting
from courses.models import Session
from enrollments.domain.attendance import record_attendance, require_markable, roster
from enrollments.enums import AttendanceStatus as Status
from enrollments.enums import MarkSource
from enrollments.exchange.attendance_columns import PREFIX, attendance_columns
from enrollments.models import Attendance, Completion, Participant

Marks = dict[int, Status | None]


class AttendanceResource(PlanResource):
    about_people = True

    def __init__(self, setting: Setting) -> None:
        assert setting.run is not None
        held = setting.run.sessions.order_by("starts_at", "number")
        self.sessions: dict[str, Session] = {
            f"{PREFIX}{session.number}": session for session in held.select_related("run")
        }
        self.columns: Sequence[Column] = attendance_columns(self.sessions.values())
        super().__init__(setting)

    def begin(self, *, lock: bool) -> None:
        run = self.setting.run
        assert run is not None
        require_section(self.setting.by, run.course.department)
        if lock:
            hold_run(run.pk)
        people = roster(run.pk)
        self.people = {person.pk: person for person in people}
        self.by_number: dict[str, list[Participant]] = defaultdict(list)
        self.by_reading: dict[str, list[Participant]] = defaultdict(list)
        for person in people:
            self.by_number[person.application.receipt_number].append(person)
            self.by_reading[kana_key(person.full_name_kana)].append(person)
        self.marks: dict[int, Marks] = defaultdict(dict)
        marks = Attendance.objects.filter(session__run=run)
        for participant, session, status in marks.values_list(
            "participant", "session", "status"
        ):
            self.marks[participant][session] = Status(status)
        self.lines: dict[int, int] = {}
        self.to_record: dict[int, Marks] = defaultdict(dict)

    def plan(self, row: ReadRow) -> RowPlan:
        person = self._find(row)
        if person.pk in self.lines:
            words = _("%(line)d行目と同じ方です。")
            raise ValueError(words % {"line": self.lines[person.pk]})
        self.lines[person.pk] = row.line
        said = {
            name: Status(value)
            for name, value in row.values.items()
            if name in self.sessions and name in row.given
        }
        before = self.marks[person.pk]
        changes: Changes = {}
        for name, status in said.items():
            session = self.sessions[name]
            was = before.get(session.pk)
            if was == status:
                continue
            self._require_markable(person, session)
            column = self.fields[name]
            changes[column.heading] = [
                column.widget.render(was),
                column.widget.render(status),
            ]
        label = f"{person.application.receipt_number} {person.full_name}"
        if not changes:
            return RowPlan(RowOutcome.UNCHANGED, label)
        outcome = RowOutcome.CHANGED if any(was for was, _now in changes.values()) else None
        wanted = {
            self.sessions[name].pk: status
            for name, status in said.items()
            if before.get(self.sessions[name].pk) != status
        }
        return RowPlan(
            outcome or RowOutcome.NEW,
            label,
            changes=changes,
            act=lambda: [self._note(person, wanted)],
        )

    def _require_markable(self, person: Participant, session: Session) -> None:
        """Raises: Refusal, ValueError."""
        require_markable(session, at=self.setting.at)
        if person.application.pool.session_id not in (None, session.pk):
            words = _("第%(number)d回に参加する方ではありません。")
            raise ValueError(words % {"number": session.number})

    def _find(self, row: ReadRow) -> Participant:
        """Raises: ValueError."""
        kana = kana_key(self._full(row, "_kana"))
        number = row.get("receipt_number")
        found = self.by_number.get(number, []) if number else self.by_reading.get(kana, [])
        if number and kana and len(found) > 1:
            found = [one for one in found if kana_key(one.full_name_kana) == kana]
        name = self._full(row, "").replace(" ", "")
        if name and len(found) != 1:
            found = [one for one in found if one.full_name.replace(" ", "") == name]
        if number and len(found) > 1:
            # Nothing tells namesakes of one party apart: they come in the list's order.
            found = [one for one in found if one.pk not in self.lines][:1] or found
        if len(found) == 1:
            if number and kana and kana_key(found[0].full_name_kana) != kana:
                words = _("受付番号 %(number)s の方と、フリガナがちがいます。")
                raise ValueError(words % {"number": number})
            return found[0]
        if not (number or kana):
            raise ValueError(_("受付番号か、氏名とフリガナを書いてください。"))
        if found:
            raise ValueError(_("同じ名前の方が2人以上います。受付番号を書いてください。"))
        raise ValueError(_("受講が決まった方の名簿にありません。"))

    def _full(self, row: ReadRow, ending: str) -> str:
        parts = (row.get(f"family_name{ending}"), row.get(f"given_name{ending}"))
        return row.get(f"full_name{ending}") or " ".join(part for part in parts if part)

    def _note(self, person: Participant, wanted: Mapping[int, Status]) -> Made:
        before = {str(pk): self.marks[person.pk].get(pk) for pk in wanted}
        self._to_record(person.pk, dict(wanted))
        self.marks[person.pk].update(wanted)
        after = {str(pk): str(mark) for pk, mark in wanted.items()}
        return {
            "pk": person.pk,
            "before": {pk: mark and str(mark) for pk, mark in before.items()},
            "after": after,
        }

    def _to_record(self, participant: int, marks: Marks) -> None:
        for session, mark in marks.items():
            self.to_record[session][participant] = mark

    def finish(self) -> None:
        """Everybody's marks of a session at once, as the list of the session is read."""
        for session in self.sessions.values():
            if session.pk in self.to_record:
                record_attendance(
                    session=session,
                    marks=self.to_record[session.pk],
                    by=self.setting.by,
                    at=self.setting.at,
                    source=MarkSource.IMPORT,
                )

    def undo(self, made: dict[str, Any]) -> None:
        now = self.marks[made["pk"]]
        person = self.people.get(made["pk"])
        name = person.full_name if person else _("名簿にない方")
        after = {int(pk): mark for pk, mark in made["after"].items()}
        if person is None or any(now.get(pk) != mark for pk, mark in after.items()):
            words = _("%(name)sさんの出席か申込みが、取込みのあとに変わりました。")
            raise BuiltUpon(words % {"name": name})
        if Completion.objects.filter(participant=made["pk"]).exists():
            words = _("%(name)sさんの修了が記録されています。")
            raise BuiltUpon(words % {"name": name})
        self._to_record(
            made["pk"],
            {int(pk): Status(m) if m else None for pk, m in made["before"].items()},
        )
