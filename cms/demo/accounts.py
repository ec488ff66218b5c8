"""The accounts to try the site with, and the back-office groups they belong to."""

from collections.abc import Iterable
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from accounts.models import Department, ResidentProfile, StaffProfile, User
from cms.permissions import EXPORTERS, set_up_roles

PASSWORD = "manabiba-demo-2026"  # noqa: S105


@dataclass(frozen=True)
class DemoAccount:
    email: str
    name: tuple[str, str, str, str]
    role: str
    department: str = ""
    is_head: bool = False
    is_administrator: bool = False


ACCOUNTS = (
    DemoAccount(
        "officer@example.jp",
        ("青木", "京子", "アオキ", "キョウコ"),
        "担当者（市民活動推進課）",
        "civic",
    ),
    DemoAccount(
        "officer2@example.jp",
        ("森", "和樹", "モリ", "カズキ"),
        "担当者（防災課）",
        "disaster",
    ),
    DemoAccount(
        "head@example.jp",
        ("石井", "誠", "イシイ", "マコト"),
        "課長（市民活動推進課）",
        "civic",
        is_head=True,
    ),
    DemoAccount(
        "admin@example.jp",
        ("村上", "直美", "ムラカミ", "ナオミ"),
        "管理者",
        "civic",
        is_administrator=True,
    ),
    DemoAccount("resident@example.jp", ("山田", "花子", "ヤマダ", "ハナコ"), "市民"),
    DemoAccount("leader@example.jp", ("中村", "明", "ナカムラ", "アキラ"), "団体の代表"),
)


@dataclass(frozen=True)
class Accounts:
    """`password` is the one hash that every account of the city shares."""

    officer: User
    officer2: User
    head: User
    admin: User
    resident: User
    leader: User
    password: str


def build_accounts(departments: dict[str, Department]) -> Accounts:
    password = make_password(PASSWORD)
    users = User.objects.bulk_create(_user(one, password) for one in ACCOUNTS)
    verify_addresses(users)
    found = {account.email: user for account, user in zip(ACCOUNTS, users, strict=True)}
    StaffProfile.objects.bulk_create(
        StaffProfile(
            user=found[account.email],
            department=departments[account.department],
            role="head" if account.is_head else "officer",
            staff_number=f"9{number:05}",
        )
        for number, account in enumerate(ACCOUNTS, start=1)
        if account.department
    )
    ResidentProfile.objects.bulk_create(
        ResidentProfile(
            user=found[email], residency="resident", phone=phone, postal_code="1999902"
        )
        for email, phone in (
            ("resident@example.jp", "0420-51-7788"),
            ("leader@example.jp", "0420-53-4410"),
        )
    )
    by_role = {email.partition("@")[0]: user for email, user in found.items()}
    return Accounts(password=password, **by_role)


def _user(account: DemoAccount, password: str) -> User:
    last, first, last_kana, first_kana = account.name
    return User(
        email=account.email,
        last_name=last,
        first_name=first,
        last_name_kana=last_kana,
        first_name_kana=first_kana,
        password=password,
        is_staff=account.is_administrator,
        is_superuser=account.is_administrator,
    )


def verify_addresses(users: Iterable[User]) -> None:
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True)
        for user in users
    )


def grant_back_office(accounts: Accounts) -> None:
    """The roles need the pages, so this comes last. Wagtail's own two groups, which
    know nothing of sections, go."""
    Group.objects.filter(name__in=("Editors", "Moderators")).delete()
    officers, administrators = set_up_roles()
    officers.user_set.set([accounts.officer, accounts.officer2, accounts.head])
    administrators.user_set.set([accounts.admin])
    Group.objects.get(name=EXPORTERS).user_set.add(accounts.head)
