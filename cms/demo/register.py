"""The register of groups at work: who applies, what a group wants changed, what it shows
of its contact, and a member who has no internet."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from cms.demo.people import People
from cms.demo.reading import read
from courses.models import Theme
from learning_paths.domain.contacting import Contact, set_contact
from learning_paths.domain.facts import GroupFacts, facts_of
from learning_paths.domain.page_changes import change_group
from learning_paths.domain.registering import apply_for_registration
from learning_paths.domain.staff_members import OnPaper, enter_member
from learning_paths.enums import MemberRole
from learning_paths.models import Group


def build_register(people: People, *, keeper: User, at: datetime) -> None:
    content = read("groups")
    founder = next(one.user for one in reversed(people.with_accounts) if one.user)
    for entry in content["applying"]:
        _apply(entry, founder, at)
    _change(content["change"], at)
    _contact(content["contact"], at)
    _on_paper(content["on_paper"], keeper, at)


def _apply(entry: dict[str, Any], founder: User, at: datetime) -> None:
    themes = Theme.objects.filter(key__in=entry["themes"]).values_list("pk", flat=True)
    facts = GroupFacts(
        entry["name"],
        name_kana=entry["kana"],
        kind=entry["kind"],
        activity=entry["activity"],
        themes=tuple(themes),
        area=entry["area"],
        meets=entry["meets"],
    )
    asked_at = at - timedelta(days=entry["days"], hours=-10)
    apply_for_registration(facts=facts, by=founder, at=asked_at)


def _change(entry: dict[str, Any], at: datetime) -> None:
    group = Group.objects.get(code=entry["code"])
    facts = replace(facts_of(group), meets=entry["meets"], activity=entry["activity"])
    asked_at = at - timedelta(days=entry["days"], hours=-14)
    change_group(group=group, facts=facts, by=_leader(group), at=asked_at)


def _contact(entry: dict[str, Any], at: datetime) -> None:
    group = Group.objects.get(code=entry["code"])
    contact = Contact(
        contact_name=entry["name"],
        contact_phone=entry["phone"],
        shows_contact_name=True,
        shows_contact_phone=True,
    )
    set_contact(group=group, contact=contact, by=_leader(group), at=at)


def _on_paper(entry: dict[str, Any], keeper: User, at: datetime) -> None:
    person = {name: entry[name] for name in OnPaper.__dataclass_fields__}
    enter_member(
        group=Group.objects.get(code=entry["code"]),
        email="",
        role=MemberRole.MEMBER,
        joined_at=at - timedelta(days=entry["days"]),
        person=OnPaper(**person),
        by=keeper,
        at=at,
    )


def _leader(group: Group) -> User:
    user = group.memberships.get(role=MemberRole.LEADER).user
    assert user is not None
    return user
