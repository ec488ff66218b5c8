"""団体: known by its number, else by its name. An empty cell leaves what is there."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.domain.fiscal_year import TOKYO
from courses.enums import RowOutcome
from courses.exchange.plans.differing import differences
from courses.exchange.plans.kept import facts_of, require_unchanged, texts_of
from courses.exchange.plans.resource import PlanResource
from courses.exchange.plans.row import Made, ReadRow, RowPlan
from learning_paths.domain.facts import GroupFacts, group_name
from learning_paths.domain.facts import facts_of as facts_of_group
from learning_paths.domain.membership import may_manage_groups
from learning_paths.domain.refusals import NotAnOrganiser
from learning_paths.domain.staff_register import enter_group, keep_register, strike_group
from learning_paths.enums import GroupState
from learning_paths.exchange.group_columns import GROUP_COLUMNS
from learning_paths.models import Group

SAID = ("name", "name_kana", "kind", "activity", "area", "meets", "website")
FACTS = (*SAID, "state")
NOTHING = {**GroupFacts("").plain(), "state": GroupState.REGISTERED}


class Known:
    """As the group will be after the rows so far."""

    def __init__(self, pk: int | None, facts: dict[str, Any]) -> None:
        self.pk, self.facts = pk, facts


class GroupResource(PlanResource):
    columns = GROUP_COLUMNS

    def begin(self, *, lock: bool) -> None:
        if not may_manage_groups(self.setting.by):
            raise NotAnOrganiser
        self.by_code: dict[str, Known] = {}
        self.by_name: dict[str, list[Known]] = {}
        self.seen: set[int] = set()

    def prepare(self, rows: Sequence[ReadRow]) -> None:
        codes = {row.get("code") for row in rows}
        names = {row.get("name") for row in rows}
        for group in Group.objects.filter(Q(code__in=codes) | Q(name__in=names)):
            if group.pk not in self.seen:
                self._remember(Known(group.pk, _facts(group)))

    def _remember(self, known: Known) -> None:
        if known.pk:
            self.seen.add(known.pk)
        if known.facts.get("code"):
            self.by_code[known.facts["code"]] = known
        self.by_name.setdefault(known.facts["name"], []).append(known)

    def _find(self, row: ReadRow) -> Known | None:
        """Raises: ValueError."""
        if row.get("code"):
            return self.by_code.get(row.get("code"))
        found = self.by_name.get(row.get("name"), [])
        if len(found) > 1:
            words = _(
                "「%(name)s」という団体が%(count)d件あります。団体番号を書いてください。"
            )
            raise ValueError(words % {"name": row.get("name"), "count": len(found)})
        return found[0] if found else None

    def plan(self, row: ReadRow) -> RowPlan:
        said = {
            one.name: row.values[one.name] for one in GROUP_COLUMNS if one.name in row.given
        }
        if "name" in said:
            said["name"] = group_name(said["name"])
        known = self._find(row)
        if known is None:
            return self._new(said)
        before = dict(known.facts)
        if "registered_on" in said and said["registered_on"] != before["registered_on"]:
            raise ValueError(_("登録日は、取込みでは変えられません。"))
        changes = differences(GROUP_COLUMNS, before, said)
        label = f"{before['code']} {said.get('name', before['name'])}".strip()
        if not changes:
            return RowPlan(RowOutcome.UNCHANGED, label)
        known.facts.update(said)
        return RowPlan(
            RowOutcome.CHANGED,
            label,
            changes=changes,
            act=lambda: [self._change(known, before, said)],
        )

    def _new(self, said: dict[str, Any]) -> RowPlan:
        day = said.get("registered_on")
        if day and day > timezone.localdate(self.setting.at):
            raise ValueError(_("登録日は、今日までの日付にしてください。"))
        known = Known(None, {name: NOTHING[name] for name in FACTS})
        known.facts |= {"code": "", "registered_on": day, **said}
        self._remember(known)
        return RowPlan(
            RowOutcome.NEW,
            f"{known.facts['code']} {known.facts['name']}".strip(),
            changes=differences(GROUP_COLUMNS, {}, said),
            act=lambda: [self._enter(known)],
        )

    def _enter(self, known: Known) -> Made:
        facts, at = known.facts, self.setting.at
        day = facts["registered_on"]
        since = datetime.combine(day, time(), tzinfo=TOKYO) if day else at
        group = enter_group(
            facts=GroupFacts(**{name: facts[name] for name in SAID}),
            state=facts["state"],
            code=facts["code"],
            registered_at=since,
            by=self.setting.by,
            at=at,
        )
        known.pk = group.pk
        known.facts.update(_facts(group))
        after = texts_of(GROUP_COLUMNS, {name: known.facts[name] for name in FACTS})
        return {"pk": group.pk, "before": None, "after": after}

    def _change(self, known: Known, before: dict[str, Any], said: dict[str, Any]) -> Made:
        group = Group.objects.get(pk=known.pk or 0)
        self._keep(group, {**before, **said})
        changed = [name for name in FACTS if name in said]
        return {
            "pk": group.pk,
            "before": texts_of(GROUP_COLUMNS, {name: before[name] for name in changed}),
            "after": texts_of(
                GROUP_COLUMNS,
                {
                    name: facts
                    for name, facts in _facts(group, fresh=True).items()
                    if name in changed
                },
            ),
        }

    def _keep(self, group: Group, facts: dict[str, Any]) -> None:
        keep_register(
            group=group,
            facts=replace(facts_of_group(group), **{name: facts[name] for name in SAID}),
            state=facts["state"],
            by=self.setting.by,
            at=self.setting.at,
        )

    def undo(self, made: Made) -> None:
        group = Group.objects.select_for_update().filter(pk=made["pk"]).first()
        if group is None:
            return
        now = _facts(group)
        require_unchanged(GROUP_COLUMNS, now, made["after"], group)
        if made["before"] is None:
            strike_group(group=group, by=self.setting.by)
        else:
            self._keep(group, {**now, **facts_of(GROUP_COLUMNS, made["before"])})


def _facts(group: Group, *, fresh: bool = False) -> dict[str, Any]:
    if fresh:
        group.refresh_from_db()
    return {
        **{name: getattr(group, name) for name in ("code", *FACTS)},
        "registered_on": timezone.localdate(group.registered_at),
    }
