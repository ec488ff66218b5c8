"""講座・開催・回: one row a session. A course is known by section and name, a run by its
number, or by its name within the course and the fiscal year. What is made is a draft, and
a run that is there keeps its facts: of it only sessions come or change."""

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.utils.translation import gettext as _

from courses.domain.making import make_course
from courses.domain.offering import add_run
from courses.domain.session_plans import SessionPlan
from courses.domain.sessions import add_session, edit_session
from courses.domain.unmaking import unmake_course, unmake_run, unmake_session
from courses.enums import RowOutcome
from courses.exchange.course_columns import COURSE_COLUMNS, OF_SESSION
from courses.exchange.plans.bookings import Bookings
from courses.exchange.plans.differing import differences
from courses.exchange.plans.kept_sessions import kept_of, plan_of_kept
from courses.exchange.plans.resource import BuiltUpon, PlanResource
from courses.exchange.plans.row import Made, ReadRow, RowPlan
from courses.exchange.plans.run_targets import RunTargets, Target
from courses.exchange.plans.session_rows import SessionReader
from courses.models import Course, CourseRun, Session

SESSION_FACTS = tuple(one.name for one in OF_SESSION if one.name != "number")
# How a change is told: not by whole rows of venues and people.
TOLD = {one.name: one for one in OF_SESSION}


class CourseResource(PlanResource):
    columns = COURSE_COLUMNS

    # The layer above knows of pages and of those who applied.
    def make_page(self, course: Course) -> None:
        """A draft of the course's page, in the same transaction."""

    def drop_page(self, course: Course) -> None:
        """Raises: BuiltUpon where somebody has worked on it."""

    def has_applicants(self, run: CourseRun) -> bool:
        return False

    def begin(self, *, lock: bool) -> None:
        self.targets = RunTargets(self.setting)
        self.reader, self.bookings = SessionReader(), Bookings()

    def plan(self, row: ReadRow) -> RowPlan:
        target = self.targets.of(row)
        self.targets.require_same(target, row)
        session = self._session(target, row)
        if session is None:
            plan = self._new(target, row)
        else:
            plan = self._changed(target, row, session)
        self.targets.keep(target)
        return plan

    def _new(self, target: Target, row: ReadRow) -> RowPlan:
        plan = self.reader.new_plan(row)
        number = row.get("number", None)
        if number in target.new_numbers:
            words = _("第%(number)d回が、この一覧に2行あります。")
            raise ValueError(words % {"number": number})
        # Last, as a row that is refused takes neither room nor people.
        notes = self.bookings.take(row.line, plan, but=None, at=self.setting.at)
        if number:
            target.new_numbers.add(number)
        told = {
            one.name: row.values[one.name] for one in self.columns if one.name in row.given
        }
        is_first = target.line == row.line
        shown = told if is_first else {k: v for k, v in told.items() if k in TOLD}
        return RowPlan(
            RowOutcome.NEW,
            self._label(target, row),
            changes=differences(self.columns, {}, shown),
            notes=notes,
            act=lambda: self._make(target, row, plan),
        )

    # ------------------------------------------------------------ which session
    def _session(self, target: Target, row: ReadRow) -> Session | None:
        """By its number, else by its day."""
        number = row.get("number", None)
        for session in target.sessions:
            if number and session.number == number:
                return session
        same = [
            one for one in target.sessions if TOLD["day"].get_value(one) == row.get("day")
        ]
        return same[0] if not number and len(same) == 1 else None

    def _changed(self, target: Target, row: ReadRow, session: Session) -> RowPlan:
        plan = self.reader.changed_plan(row, session)
        before = {one.name: one.get_value(session) for one in OF_SESSION}
        before["instructors"] = tuple(before["instructors"])
        said = {name: row.values[name] for name in SESSION_FACTS if name in row.given}
        changes = differences(OF_SESSION, before, said)
        label = self._label(target, row)
        if not changes:
            return RowPlan(RowOutcome.UNCHANGED, label)
        assert target.run is not None
        if self.has_applicants(target.run):
            raise ValueError(
                _(
                    "申込みのある開催の回です。申し込んだ方に知らせるため、開催の画面で変えてください。"
                )
            )
        notes = self.bookings.take(row.line, plan, but=session, at=self.setting.at)
        return RowPlan(
            RowOutcome.CHANGED,
            label,
            changes=changes,
            notes=notes,
            act=lambda: [self._edit(session, plan)],
        )

    def _label(self, target: Target, row: ReadRow) -> str:
        course = target.course.title if target.course else target.title
        number = row.get("number", None)
        words = [course, row.get("label"), f"第{number}回" if number else ""]
        return " ".join(word for word in words if word)

    # ------------------------------------------------------------ what is done
    def _make(self, target: Target, row: ReadRow, plan: SessionPlan) -> list[Made]:
        by, at = self.setting.by, self.setting.at
        if target.run is not None:
            session = add_session(run=target.run, plan=plan, by=by, at=at)
            return [self._made("session", session.pk)]
        key = uuid5(NAMESPACE_URL, f"{self.setting.key}:{row.line}")
        run_plan = self.targets.run_plan(target)
        made: list[Made] = []
        if target.course is None:
            course, _new = make_course(
                facts=self.targets.facts(target),
                run=run_plan,
                sessions=[plan],
                form_key=str(key),
                by=by,
                at=at,
            )
            self.make_page(course)
            target.course, target.run = course, course.runs.get()
            made.append(self._made("course", course.pk))
        else:
            target.run = add_run(
                course=target.course,
                plan=run_plan,
                sessions=[plan],
                by=by,
                at=at,
                form_key=str(key),
            )
        return [*made, self._made("run", target.run.pk)]

    def _edit(self, session: Session, plan: SessionPlan) -> Made:
        before = kept_of(session)
        edited = edit_session(
            session=session, plan=plan, by=self.setting.by, at=self.setting.at
        )
        return {
            **self._made("edited", session.pk),
            "before": before,
            "after": kept_of(edited),
        }

    def _made(self, what: str, pk: int) -> Made:
        return {"what": what, "pk": pk, "at": self.setting.at.isoformat()}

    def undo(self, made: Made) -> None:
        by, at = self.setting.by, self.setting.at
        since = datetime.fromisoformat(made["at"])
        if made["what"] in ("session", "edited"):
            session = Session.objects.select_related("run__course__department").get(
                pk=made["pk"]
            )
            if made["what"] == "session":
                unmake_session(session=session, made_at=since, by=by, at=at)
            else:
                self._edit_back(session, made)
        elif made["what"] == "run":
            run = CourseRun.objects.select_related("course__department").get(pk=made["pk"])
            unmake_run(run=run, made_at=since, by=by, at=at)
        else:
            course = Course.objects.select_related("department").get(pk=made["pk"])
            self.drop_page(course)
            unmake_course(course=course, made_at=since, by=by, at=at)

    def _edit_back(self, session: Session, made: Made) -> None:
        if kept_of(session) != made["after"]:
            words = _("%(session)sは、取込みのあとに変わりました。")
            raise BuiltUpon(words % {"session": session})
        if self.has_applicants(session.run):
            raise BuiltUpon(_("取込みのあとに申込みがありました。"))
        plan = plan_of_kept(made["before"])
        edit_session(session=session, plan=plan, by=self.setting.by, at=self.setting.at)
