"""Of a row of a list of courses, the session: its time, its place and who teaches, by the
names under which they are known here."""

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from courses.domain.fiscal_year import TOKYO
from courses.domain.session_plans import SessionPlan, plan_of
from courses.exchange.plans.row import ReadRow
from courses.models import Instructor, Room, Session, Venue


class SessionReader:
    """Looks each name up once."""

    def __init__(self) -> None:
        self.venues: dict[str, list[Venue]] = {}
        self.rooms: dict[tuple[int, str], Room | None] = {}
        self.people: dict[str, list[Instructor]] = {}

    def new_plan(self, row: ReadRow) -> SessionPlan:
        """Raises: ValueError, EndsBeforeStart."""
        missing = [
            heading
            for name, heading in (("start", "開始時刻"), ("end", "終了時刻"))
            if name not in row.given
        ]
        if missing:
            words = _("%(headings)sがありません。")
            raise ValueError(words % {"headings": "・".join(missing)})
        day = row.get("day")
        venue = self._venue(row)
        plan = SessionPlan(
            starts_at=datetime.combine(day, row.get("start"), tzinfo=TOKYO),
            ends_at=datetime.combine(day, row.get("end"), tzinfo=TOKYO),
            title=row.get("session_title"),
            venue=venue,
            room=self._room(row, venue),
            online_url=row.get("online_url"),
            instructors=self._people(row),
        )
        plan.check()
        return plan

    def changed_plan(self, row: ReadRow, session: Session) -> SessionPlan:
        """What the row says of a session that is there. Raises: as `new_plan`."""
        before = plan_of(session)
        start, end = (
            moment.astimezone(TOKYO) for moment in (before.starts_at, before.ends_at)
        )
        day = row.get("day")
        plan = replace(
            before,
            starts_at=datetime.combine(
                day,
                row.get("start", None) or start.timetz().replace(tzinfo=None),
                tzinfo=TOKYO,
            ),
            ends_at=datetime.combine(
                day, row.get("end", None) or end.timetz().replace(tzinfo=None), tzinfo=TOKYO
            ),
            title=row.get("session_title", before.title),
            online_url=row.get("online_url", before.online_url),
        )
        if "venue" in row.given:
            shown = session.venue or session.run.venue
            if shown is None or shown.name != row.get("venue"):
                plan = replace(plan, venue=self._venue(row), room=None)
        if "room" in row.given:
            plan = replace(plan, room=self._room(row, plan.venue or session.run.venue))
        if "instructors" in row.given:
            plan = replace(plan, instructors=self._people(row))
        plan.check()
        return plan

    def _venue(self, row: ReadRow) -> Venue | None:
        name = row.get("venue")
        if not name:
            return None
        if name not in self.venues:
            self.venues[name] = list(Venue.objects.filter(name=name)[:2])
        found = self.venues[name]
        if len(found) != 1:
            missing = _(
                "会場「%(name)s」は登録されていません。先に会場を登録してください。"
            )
            several = _(
                "「%(name)s」という会場がいくつもあります。講座の画面で入力してください。"
            )
            raise ValueError((several if found else missing) % {"name": name})
        return found[0]

    def _room(self, row: ReadRow, venue: Venue | None) -> Room | None:
        name = row.get("room")
        if not name:
            return None
        if venue is None:
            raise ValueError(_("部屋には会場が必要です。会場の列に書いてください。"))
        key = (venue.pk, name)
        if key not in self.rooms:
            rooms = Room.objects.select_related("venue")
            self.rooms[key] = rooms.filter(venue=venue, name=name).first()
        if self.rooms[key] is None:
            words = _("「%(venue)s」に部屋「%(name)s」は登録されていません。")
            raise ValueError(words % {"venue": venue, "name": name})
        return self.rooms[key]

    def _people(self, row: ReadRow) -> tuple[Instructor, ...] | None:
        if "instructors" not in row.given:
            return None
        return tuple(self._person(name) for name in row.get("instructors"))

    def _person(self, name: str) -> Instructor:
        bare = name.replace(" ", "")
        if bare not in self.people:
            families = {bare[:length] for length in range(1, len(bare))}
            found = Instructor.objects.filter(family_name__in=families)
            named = [one for one in found if one.full_name.replace(" ", "") == bare]
            self.people[bare] = named
        if len(self.people[bare]) != 1:
            missing = _(
                "講師「%(name)s」は登録されていません。先に講師を登録してください。"
            )
            several = _(
                "「%(name)s」という講師が2人以上います。講座の画面で入力してください。"
            )
            raise ValueError((several if self.people[bare] else missing) % {"name": name})
        return self.people[bare][0]
