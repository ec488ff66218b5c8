"""Who comes to the demo city, and what is said to those who are turned away."""

from dataclasses import dataclass, field
from enum import StrEnum

from django.contrib.auth.models import Group as Role
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from cms.permissions import OFFICERS
from tests.cms.access.examples import City


class Visitor(StrEnum):
    ANONYMOUS = "anonymous"
    RESIDENT = "resident"
    MEMBER = "member"
    ORGANISER = "organiser"
    LEADER = "leader"
    UNPLACED = "unplaced"  # in the back office, but in no section
    OTHER = "other"  # an officer of another section
    OWN = "own"
    HEAD = "head"
    ADMIN = "admin"


class Answer(StrEnum):
    SIGN_IN = "sign in"
    REFUSED = "refused"
    HIDDEN = "hidden"
    NO_SUCH_METHOD = "no such method"
    OPEN = "open"


def answer_of(response: HttpResponse) -> Answer:
    where = response.headers.get("Location", "")
    if "/accounts/login/" in where:
        return Answer.SIGN_IN
    # Wagtail leads to the start page, with a word.
    if response.status_code == 403 or where == "/manage/":
        return Answer.REFUSED
    found = {404: Answer.HIDDEN, 405: Answer.NO_SUCH_METHOD}
    return found.get(response.status_code, Answer.OPEN)


@dataclass(frozen=True, eq=False)
class Reach:
    """Who is turned away, in which words, and who is the least that comes in."""

    comes_in: Visitor | None
    turned_away: dict[Visitor, Answer] = field(default_factory=dict)

    def but(self, comes_in: Visitor | None, **turned_away: Answer) -> "Reach":
        others = {Visitor(who): answer for who, answer in turned_away.items()}
        return Reach(comes_in, self.turned_away | others)


SIGN_IN, REFUSED, HIDDEN = Answer.SIGN_IN, Answer.REFUSED, Answer.HIDDEN
EVERYBODY = Reach(Visitor.ANONYMOUS)
# Everybody reads what it is; taking it up needs an account.
INVITED = Reach(Visitor.RESIDENT)
SIGNED_IN = Reach(Visitor.RESIDENT, {Visitor.ANONYMOUS: SIGN_IN})
EMPLOYEES = SIGNED_IN.but(Visitor.OTHER, resident=HIDDEN)
# Somebody else's row is like one that is not there.
OWN_ROW = SIGNED_IN.but(None, resident=HIDDEN)
MEMBERS = SIGNED_IN.but(Visitor.MEMBER, resident=HIDDEN, own=HIDDEN)
ORGANISERS = MEMBERS.but(Visitor.ORGANISER, member=REFUSED)
LEADER = ORGANISERS.but(Visitor.LEADER, organiser=REFUSED)

BY_ROLE = SIGNED_IN.but(Visitor.UNPLACED, resident=REFUSED)
IN_A_SECTION = BY_ROLE.but(Visitor.OTHER, unplaced=REFUSED)
OF_THE_SECTION = IN_A_SECTION.but(Visitor.OWN, other=REFUSED)
OF_ANOTHER_SECTION = IN_A_SECTION.but(Visitor.OTHER, own=REFUSED)
OF_THE_SECTION_ALONE = OF_THE_SECTION.but(Visitor.ADMIN, other=HIDDEN)
# Elsewhere nobody learns that there is such a row.
SEEN_IN_THE_SECTION = IN_A_SECTION.but(Visitor.OWN, unplaced=HIDDEN, other=HIDDEN)
HEADS_WRITE = OF_THE_SECTION.but(Visitor.HEAD)
HEADS = OF_THE_SECTION.but(Visitor.HEAD, own=REFUSED)
ADMINISTRATORS = HEADS.but(Visitor.ADMIN, head=REFUSED)
# What one person of the staff has made for themselves.
ITS_MAKER = BY_ROLE.but(None, other=HIDDEN, own=HIDDEN)
OWN_UPLOAD = IN_A_SECTION.but(None, other=HIDDEN, own=HIDDEN)
DOOR = SIGNED_IN.but(Visitor.OWN, resident=REFUSED, unplaced=REFUSED, other=REFUSED)


def visitors(city: City) -> dict[Visitor, Client]:
    """Signed in once."""
    unplaced = User.objects.create(email="unplaced@example.jp")
    unplaced.groups.add(Role.objects.get(name=OFFICERS))
    resident = User.objects.create(email="nobody@example.jp")
    named = {
        Visitor.MEMBER: "resident@example.jp",
        Visitor.LEADER: "leader@example.jp",
        Visitor.OTHER: "officer2@example.jp",
        Visitor.OWN: "officer@example.jp",
        Visitor.HEAD: "head@example.jp",
        Visitor.ADMIN: "admin@example.jp",
    }
    people = {who: User.objects.get(email=email) for who, email in named.items()} | {
        Visitor.RESIDENT: resident,
        Visitor.ORGANISER: city.colleague.user,
        Visitor.UNPLACED: unplaced,
    }
    clients = {who: Client() for who in Visitor}
    for who, user in people.items():
        clients[who].force_login(user)
    return clients
