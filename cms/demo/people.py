"""The people of the city: residents with and without accounts, and city staff."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

import jaconv

from accounts.models import Department, ResidentProfile, StaffProfile, User
from cms.demo.accounts import Accounts, verify_addresses
from cms.demo.identifiers import dice
from cms.demo.reading import read
from enrollments.enums import Channel

RESIDENTS, STAFF = 165, 35
AREAS = (
    ("緑町", "1999902"),
    ("本町", "1999903"),
    ("北原", "1999911"),
    ("桜台", "1999921"),
    ("南野", "1999931"),
    ("西の森", "1999941"),
)


@dataclass(frozen=True)
class Person:
    """Somebody who applies. `keenness` says how often, compared with others."""

    number: int
    name: tuple[str, str, str, str]
    email: str = ""
    phone: str = ""
    postal_code: str = ""
    address: str = ""
    residency: str = "resident"
    language: str = "ja"
    user: User | None = None
    department: str = ""
    keenness: float = 1.0
    is_newcomer: bool = False

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The ways in which this person gets in touch."""
        if self.department:
            return (Channel.E_APPLICATION,)
        if self.user:
            return (Channel.WEB, Channel.WEB, Channel.WEB, Channel.PHONE)
        if self.email:
            return (Channel.WEB, Channel.WEB, Channel.COUNTER, Channel.MAIL)
        if self.phone:
            return (Channel.PHONE, Channel.PHONE, Channel.COUNTER, Channel.FAX)
        return (Channel.POSTCARD,)

    @property
    def contact_by(self) -> str:
        if self.email:
            return "mail"
        return "phone" if self.phone else "post"

    def name_columns(self) -> dict[str, str]:
        family, given, family_kana, given_kana = self.name
        return {
            "family_name": family,
            "given_name": given,
            "family_name_kana": family_kana,
            "given_name_kana": given_kana,
        }


@dataclass(frozen=True)
class People:
    residents: tuple[Person, ...]
    staff: tuple[Person, ...]

    @property
    def with_accounts(self) -> tuple[Person, ...]:
        return tuple(person for person in self.residents if person.user)

    def by_email(self, email: str) -> Person:
        return next(person for person in self.residents if person.email == email)


def build_people(accounts: Accounts, departments: dict[str, Department]) -> People:
    chance = dice("people")
    names = _names(chance)
    drafts = [
        *_account_holders(accounts),
        *_newcomers(),
        *(_resident(number, next(names), chance) for number in range(10, 10 + RESIDENTS)),
    ][:RESIDENTS]
    staff = [_staff_member(n, next(names), list(departments)) for n in range(STAFF)]
    users = _users([*drafts, *staff], accounts.password)
    _profiles(drafts, users)
    StaffProfile.objects.bulk_create(
        StaffProfile(
            user=users[person.email],
            department=departments[person.department],
            staff_number=f"{person.number:06}",
        )
        for person in staff
    )
    return People(
        residents=tuple(_with_user(person, users) for person in drafts),
        staff=tuple(_with_user(person, users) for person in staff),
    )


def _names(chance: Random) -> Iterator[tuple[str, str, str, str]]:
    """Different names, each family name coming up about equally often."""
    material = read("names")
    pairs = [(f, g) for f in material["family"] for g in material["given"]]
    for family, given in chance.sample(pairs, len(pairs)):
        yield family[0], given[0], family[1], given[1]


def _account_holders(accounts: Accounts) -> list[Person]:
    """The demo's own resident and leader take part like everybody else."""
    return [
        Person(
            number=number,
            name=_name_of(user),
            email=user.email,
            phone=phone,
            postal_code="1999902",
            user=user,
            keenness=3.0,
        )
        for number, (user, phone) in enumerate(
            ((accounts.resident, "0420-51-7788"), (accounts.leader, "0420-53-4410"))
        )
    ]


def _name_of(user: User) -> tuple[str, str, str, str]:
    return user.last_name, user.first_name, user.last_name_kana, user.first_name_kana


def _newcomers() -> list[Person]:
    return [
        Person(
            number=number,
            name=tuple(entry["name"]),
            email=f"{entry['mail']}@example.jp",
            phone=f"090-0000-{number:04}",
            language=entry["language"],
            keenness=1.5,
            is_newcomer=True,
        )
        for number, entry in enumerate(read("names")["newcomer"], start=2)
    ]


def _resident(number: int, name: tuple[str, str, str, str], chance: Random) -> Person:
    """Two thirds give a mail address; a sixth only a telephone number; some neither."""
    place, code = AREAS[number % len(AREAS)]
    reach = number % 12
    mail = f"{_latin(name[2])}.{_latin(name[3])}{number}@example.jp"
    return Person(
        number=number,
        name=name,
        email=mail if reach < 9 else "",
        phone=f"090-0000-{number:04}" if reach < 11 else "",
        postal_code=code,
        address=f"みどり野市{place}{number % 5 + 1}-{number % 17 + 1}-{number % 9 + 1}",
        residency="resident" if number % 9 else chance.choice(("worker", "student")),
        # A few come again and again, most now and then.
        keenness=round(chance.paretovariate(1.6), 2),
    )


def _staff_member(
    number: int, name: tuple[str, str, str, str], departments: list[str]
) -> Person:
    mail = f"{_latin(name[2])}.{_latin(name[3])}@city.midorino.example.jp"
    return Person(
        number=100 + number,
        name=name,
        email=mail,
        residency="worker",
        department=departments[number % len(departments)],
    )


def _latin(kana: str) -> str:
    return str(jaconv.kana2alphabet(jaconv.kata2hira(kana))).replace("-", "")


def _has_account(person: Person) -> bool:
    return bool(person.department) or (bool(person.email) and person.number % 12 < 7)


def _users(people: list[Person], password: str) -> dict[str, User]:
    """Accounts with a confirmed address, by that address."""
    found = {person.email: person.user for person in people if person.user}
    made = User.objects.bulk_create(
        User(
            email=person.email,
            last_name=person.name[0],
            first_name=person.name[1],
            last_name_kana=person.name[2],
            first_name_kana=person.name[3],
            password=password,
        )
        for person in people
        if _has_account(person) and person.email not in found
    )
    verify_addresses(made)
    return found | {user.email: user for user in made}


def _profiles(people: list[Person], users: dict[str, User]) -> None:
    known = set(ResidentProfile.objects.values_list("user__email", flat=True))
    ResidentProfile.objects.bulk_create(
        ResidentProfile(
            user=users[person.email],
            residency=person.residency,
            phone=person.phone,
            postal_code=person.postal_code,
        )
        for person in people
        if person.email in users and person.email not in known
    )


def _with_user(person: Person, users: dict[str, User]) -> Person:
    return replace(person, user=users.get(person.email))


def contact_columns(person: Person) -> dict[str, str]:
    """How the person can be reached, as an application keeps it."""
    columns = {
        "email": person.email,
        "phone": person.phone,
        "postal_code": person.postal_code,
        "residency": person.residency,
        "contact_by": person.contact_by,
        "language": person.language,
    }
    if not person.email:
        columns["address"] = person.address
    return columns
