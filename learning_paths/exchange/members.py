"""団体の会員: known by group and mail address, somebody without one by name and telephone.
An empty cell leaves what is there; nobody is written to."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.domain.fiscal_year import TOKYO
from courses.enums import RowOutcome
from courses.exchange.plans.differing import differences
from courses.exchange.plans.resource import BuiltUpon, PlanResource
from courses.exchange.plans.row import Made, ReadRow, RowPlan
from learning_paths.domain.membership import may_manage_groups
from learning_paths.domain.refusals import GroupClosed, NotAnOrganiser
from learning_paths.domain.staff_members import (
    OnPaper,
    Standing,
    enter_member,
    on_paper_in,
    present_in,
    restate_member,
    standing_of,
    strike_member,
)
from learning_paths.enums import GroupState, MemberRole, MembershipState
from learning_paths.exchange.member_columns import MEMBER_COLUMNS
from learning_paths.models import Group, Membership

SAID = ("role", "joined_on", "left_on")
ON_PAPER = tuple(one.name for one in fields(OnPaper))


class MemberResource(PlanResource):
    columns = MEMBER_COLUMNS
    about_people = True

    def begin(self, *, lock: bool) -> None:
        if not may_manage_groups(self.setting.by):
            raise NotAnOrganiser
        self.groups: dict[int, Group] = {}
        self.seen: dict[tuple[int, str], int] = {}

    def prepare(self, rows: Sequence[ReadRow]) -> None:
        codes = {row.get("group_code") for row in rows}
        names = {row.get("group_name") for row in rows}
        for group in Group.objects.filter(Q(code__in=codes) | Q(name__in=names)):
            self.groups[group.pk] = group

    def _group(self, row: ReadRow) -> Group:
        """Raises: ValueError."""
        code, name = row.get("group_code"), row.get("group_name")
        if not (code or name):
            raise ValueError(_("団体番号か団体名を書いてください。"))
        found = [
            one
            for one in self.groups.values()
            if (one.code == code if code else one.name == name)
        ]
        if not found:
            words = _("団体「%(group)s」はありません。先に団体の一覧を取り込んでください。")
            raise ValueError(words % {"group": code or name})
        if len(found) > 1:
            words = _(
                "「%(name)s」という団体が%(count)d件あります。団体番号を書いてください。"
            )
            raise ValueError(words % {"name": name, "count": len(found)})
        return found[0]

    def plan(self, row: ReadRow) -> RowPlan:
        group, email = self._group(row), row.get("email")
        person = OnPaper(**{name: row.get(name) for name in ON_PAPER}).tidied()
        if not (email or person.family_name):
            raise ValueError(_("メールアドレスか氏を書いてください。"))
        who = email or f"{person.family_name} {person.given_name}".strip()
        label = f"{group.name} {who}"
        self._require_once(group, email or f"{who} {person.phone}", row.line)
        said = {name: row.values[name] for name in SAID if name in row.given}
        self._check_days(said)
        member = present_in(group.pk, email) if email else on_paper_in(group.pk, person)
        if member is None:
            return self._new(group, email, person, label, said)
        before = _facts(member)
        if member.state == MembershipState.INVITED:
            # Until it is accepted there is no day on which somebody came.
            said.pop("joined_on", None)
        changes = differences(MEMBER_COLUMNS, before, said)
        if not changes:
            return RowPlan(RowOutcome.UNCHANGED, label)
        return RowPlan(
            RowOutcome.CHANGED,
            label,
            changes=changes,
            act=lambda: [self._restate(member, said)],
        )

    def _require_once(self, group: Group, who: str, line: int) -> None:
        """Raises: ValueError."""
        before_line = self.seen.get((group.pk, who))
        if before_line is not None:
            words = _("%(line)d行目と同じ会員です。")
            raise ValueError(words % {"line": before_line})
        self.seen[group.pk, who] = line

    def _check_days(self, said: dict[str, Any]) -> None:
        """Raises: ValueError."""
        days = [said[name] for name in ("joined_on", "left_on") if said.get(name)]
        today = timezone.localdate(self.setting.at)
        if days != sorted(days) or any(day > today for day in days):
            words = _("参加日と退会日は、今日までの日付で、参加、退会の順にしてください。")
            raise ValueError(words)

    def _new(
        self,
        group: Group,
        email: str,
        person: OnPaper,
        label: str,
        said: dict[str, Any],
    ) -> RowPlan:
        if said.get("left_on"):
            same = {"email": email} if email else asdict(person)
            if Membership.objects.filter(group=group, **same).exists():
                return RowPlan(RowOutcome.UNCHANGED, label)
            raise ValueError(_("この団体の会員ではないため、退会にできません。"))
        if group.state != GroupState.REGISTERED:
            raise GroupClosed
        role = said.get("role") or MemberRole.MEMBER

        def act() -> list[Made]:
            member = enter_member(
                group=group,
                email=email,
                role=role,
                joined_at=_moment(said.get("joined_on")),
                person=person,
                by=self.setting.by,
                at=self.setting.at,
            )
            return [{"pk": member.pk, "before": None, "after": _plain(standing_of(member))}]

        told = {"email": email, **asdict(person), "role": role, **said}
        return RowPlan(
            RowOutcome.NEW, label, changes=differences(MEMBER_COLUMNS, {}, told), act=act
        )

    def _restate(self, member: Membership, said: dict[str, Any]) -> Made:
        before = standing_of(member)
        left = _moment(said.get("left_on")) or before.left_at
        joined = said.get("joined_on")
        keeps_day = not joined or joined == _facts(member)["joined_on"]
        after = Standing(
            role=said.get("role") or before.role,
            state=MembershipState.LEFT if left else before.state,
            joined_at=before.joined_at if keeps_day else _moment(joined),
            left_at=left,
        )
        if left and before.joined_at and left < before.joined_at:
            # The same day: somebody who came at noon left after that.
            after = Standing(after.role, after.state, after.joined_at, before.joined_at)
        self._write(member, after)
        return {"pk": member.pk, "before": _plain(before), "after": _plain(after)}

    def _write(self, member: Membership, standing: Standing) -> None:
        restate_member(
            membership=member, standing=standing, by=self.setting.by, at=self.setting.at
        )

    def undo(self, made: Made) -> None:
        member = Membership.objects.select_for_update().filter(pk=made["pk"]).first()
        if member is None:
            return
        if _plain(standing_of(member)) != made["after"]:
            words = _("「%(name)s」は、取込みのあとに変わりました。")
            raise BuiltUpon(words % {"name": member.email})
        if made["before"] is None:
            strike_member(membership=member, by=self.setting.by)
        else:
            self._write(member, _standing(made["before"]))


def _facts(member: Membership) -> dict[str, Any]:
    def day(moment: datetime | None) -> date | None:
        return timezone.localdate(moment) if moment else None

    return {
        "role": MemberRole(member.role),
        "joined_on": day(member.joined_at),
        "left_on": day(member.left_at),
    }


def _moment(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), tzinfo=TOKYO) if day else None


def _plain(standing: Standing) -> dict[str, Any]:
    moments = (standing.joined_at, standing.left_at)
    joined, left = (one.astimezone(TOKYO).isoformat() if one else None for one in moments)
    return {
        "role": str(standing.role),
        "state": str(standing.state),
        "joined": joined,
        "left": left,
    }


def _standing(plain: dict[str, Any]) -> Standing:
    joined, left = (
        datetime.fromisoformat(plain[name]) if plain[name] else None
        for name in ("joined", "left")
    )
    return Standing(
        MemberRole(plain["role"]), MembershipState(plain["state"]), joined, left
    )
