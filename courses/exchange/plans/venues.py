"""会場と部屋: a venue is known by its code or else by its name, a room by its name in it.
An empty cell leaves what is there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from courses.domain.event_places import free_code
from courses.domain.kept_lists import keep, require_sound, take_out
from courses.enums import RowOutcome
from courses.exchange.plans.differing import differences
from courses.exchange.plans.kept import facts_of, require_unchanged, texts_of
from courses.exchange.plans.resource import PlanResource
from courses.exchange.plans.row import Made, ReadRow, RowPlan, refused
from courses.exchange.venue_columns import OF_ROOM, OF_VENUE, VENUE_COLUMNS
from courses.models import Room, Venue

ROOM = "room_"
COLUMNS = {"venue": OF_VENUE, "room": OF_ROOM}


@dataclass
class KnownVenue:
    """As it will be after the rows so far."""

    pk: int | None
    facts: dict[str, Any]
    rooms: dict[str, "KnownRoom"] = field(default_factory=dict)


@dataclass
class KnownRoom:
    pk: int | None
    facts: dict[str, Any]


class VenueResource(PlanResource):
    columns = VENUE_COLUMNS

    def begin(self, *, lock: bool) -> None:
        self.venues: list[KnownVenue] = []
        self.by_code: dict[str, KnownVenue] = {}
        self.by_name: dict[str, list[KnownVenue]] = {}

    def prepare(self, rows: Sequence[ReadRow]) -> None:
        codes = {row.get("code") for row in rows} - set(self.by_code)
        names = {row.get("name") for row in rows} - set(self.by_name)
        found = Venue.objects.filter(Q(code__in=codes) | Q(name__in=names))
        known = {venue.pk for venue in self.venues}
        for venue in found.prefetch_related("rooms"):
            if venue.pk not in known:
                self._remember(_known(venue))

    def _remember(self, venue: KnownVenue) -> None:
        self.venues.append(venue)
        if venue.facts["code"]:
            self.by_code[venue.facts["code"]] = venue
        self.by_name.setdefault(venue.facts["name"], []).append(venue)

    def _find(self, row: ReadRow) -> KnownVenue | None:
        """Raises: ValueError where the name alone does not tell which."""
        code, name = row.get("code"), row.get("name")
        if code:
            return self.by_code.get(code)
        found = self.by_name.get(name, [])
        if len(found) > 1:
            words = _(
                "「%(name)s」という会場が%(count)d件あります。会場コードを書いてください。"
            )
            raise ValueError(words % {"name": name, "count": len(found)})
        return found[0] if found else None

    def plan(self, row: ReadRow) -> RowPlan:
        said = {one.name: row.values[one.name] for one in OF_VENUE if one.name in row.given}
        about_room = {
            one.name: row.values[one.name] for one in OF_ROOM if one.name in row.given
        }
        label = " ".join(str(row.get(name)) for name in ("name", "room_name")).strip()
        if about_room and not row.get("room_name"):
            return refused(
                _("部屋名がありません。収容人数と設備は部屋の項目です。"), label=label
            )
        venue = self._find(row)
        is_new = venue is None
        if venue is None:
            venue = KnownVenue(None, {"code": "", "name": ""})
        before = dict(venue.facts)
        changes = differences(OF_VENUE, before, said)
        require_sound(_as_it_will_be({**before, **said}), unique=False)
        room, room_before = venue.rooms.get(row.get("room_name")), {}
        if room:
            room_before = dict(room.facts)
        room_changes = differences(OF_ROOM, room_before, about_room)
        self._take_in(venue, said, about_room, is_new=is_new)
        room = venue.rooms.get(row.get("room_name"))
        new = is_new or bool(about_room and not room_before)
        changed = {**changes, **room_changes}
        outcome = RowOutcome.NEW if new else RowOutcome.CHANGED
        if not changed:
            return RowPlan(RowOutcome.UNCHANGED, label)

        def act() -> list[Made]:
            done = [self._keep_venue(venue, before, said)] if changes or is_new else []
            if room is not None and room_changes:
                done.append(self._keep_room(venue, room, room_before, about_room))
            return done

        return RowPlan(outcome, label, changes=changed, act=act)

    def _take_in(
        self,
        venue: KnownVenue,
        said: dict[str, Any],
        about_room: dict[str, Any],
        *,
        is_new: bool,
    ) -> None:
        venue.facts.update(said)
        if is_new:
            self._remember(venue)
        if about_room:
            name = about_room["room_name"]
            known = venue.rooms.setdefault(name, KnownRoom(None, {}))
            known.facts.update(about_room)

    def _keep_venue(
        self, known: KnownVenue, before: dict[str, Any], said: dict[str, Any]
    ) -> Made:
        venue = Venue.objects.get(pk=known.pk) if known.pk else Venue()
        for name, value in said.items():
            setattr(venue, name, value)
        if not venue.code:
            venue.code = free_code(venue.name)
        made = known.pk is None
        keep(row=venue, by=self.setting.by, at=self.setting.at)
        known.pk = venue.pk
        self.touched.append(venue)
        return _made("venue", venue.pk, {} if made else before, said)

    def _keep_room(
        self,
        venue: KnownVenue,
        known: KnownRoom,
        before: dict[str, Any],
        said: dict[str, Any],
    ) -> Made:
        room = Room.objects.get(pk=known.pk) if known.pk else Room(venue_id=venue.pk or 0)
        for name, value in said.items():
            setattr(room, name.removeprefix(ROOM), value)
        keep(row=room, by=self.setting.by, at=self.setting.at)
        known.pk = room.pk
        return _made("room", room.pk, before, said)

    def undo(self, made: Made) -> None:
        columns = COLUMNS[made["what"]]
        prefix = ROOM if made["what"] == "room" else ""
        model: type[Venue | Room] = Room if prefix else Venue
        row = model.objects.select_for_update(of=("self",)).filter(pk=made["pk"]).first()
        if row is None:  # somebody took it out: that is what was asked for
            return
        now = {name: getattr(row, name.removeprefix(prefix)) for name in made["after"]}
        require_unchanged(columns, now, made["after"], row)
        by, at = self.setting.by, self.setting.at
        if made["before"] is None:
            take_out(row=row, by=by, at=at)
            return
        for name, value in facts_of(columns, made["before"]).items():
            setattr(row, name.removeprefix(prefix), value)
        keep(row=row, by=by, at=at)
        self.touched.append(row)


def _as_it_will_be(facts: dict[str, Any]) -> Venue:
    """Whoever has no code gets one when it is kept."""
    return Venue(**{**facts, "code": facts["code"] or "later"})


def _known(venue: Venue) -> KnownVenue:
    rooms = {
        room.name: KnownRoom(
            room.pk, {one.name: getattr(room, one.name[len(ROOM) :]) for one in OF_ROOM}
        )
        for room in venue.rooms.all()
    }
    return KnownVenue(
        venue.pk, {one.name: getattr(venue, one.name) for one in OF_VENUE}, rooms
    )


def _made(what: str, pk: int, before: dict[str, Any], said: dict[str, Any]) -> Made:
    """`before` none: the row was made."""
    columns = COLUMNS[what]
    was = {name: before.get(name) for name in said}
    return {
        "what": what,
        "pk": pk,
        "before": texts_of(columns, was) if before else None,
        "after": texts_of(columns, said),
    }
