"""The accounts to try the site with, and the back-office groups they belong to."""

from collections.abc import Iterable
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from accounts.models import Department, ResidentProfile, StaffProfile, User

PASSWORD = "manabiba-demo-2026"  # noqa: S105
OFFICERS, ADMINISTRATORS = "担当者", "管理者"
EDITING = ("add_page", "change_page", "publish_page")
FILES = ("add_image", "change_image", "choose_image", "view_image")
DOCUMENTS = ("add_document", "change_document", "choose_document", "view_document")
# What officers keep in the back office; the section rule narrows it to their own 課.
KEPT = (
    "course",
    "coursepartner",
    "courserun",
    "session",
    "seatpool",
    "instructor",
    "partner",
    "venue",
    "room",
)


@dataclass(frozen=True)
class DemoAccount:
    email: str
    name: tuple[str, str, str, str]
    role: str
    department: str = ""
    is_head: bool = False


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
        "admin@example.jp",
        ("村上", "直美", "ムラカミ", "ナオミ"),
        "管理者",
        "civic",
        is_head=True,
    ),
    DemoAccount("resident@example.jp", ("山田", "花子", "ヤマダ", "ハナコ"), "市民"),
    DemoAccount("leader@example.jp", ("中村", "明", "ナカムラ", "アキラ"), "団体の代表"),
)


@dataclass(frozen=True)
class Accounts:
    """`password` is the one hash that every account of the city shares."""

    officer: User
    officer2: User
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
        is_staff=account.is_head,
        is_superuser=account.is_head,
    )


def verify_addresses(users: Iterable[User]) -> None:
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True)
        for user in users
    )


def grant_back_office(accounts: Accounts, catalogue: Page) -> None:
    """Officers edit what is below the catalogue; administrators everything."""
    Group.objects.filter(name__in=("Editors", "Moderators")).delete()
    root = Page.get_first_root_node()
    officers = _group(OFFICERS, catalogue)
    administrators = _group(ADMINISTRATORS, root)
    officers.permissions.add(*_permissions(_verbs("add", "change", "view")))
    administrators.permissions.add(
        *_permissions([*_verbs("add", "change", "delete", "view")])
    )
    officers.user_set.set([accounts.officer, accounts.officer2])
    administrators.user_set.set([accounts.admin])


def _verbs(*verbs: str) -> list[str]:
    return ["access_admin", *(f"{verb}_{model}" for verb in verbs for model in KEPT)]


def _group(name: str, page: Page) -> Group:
    group, _made = Group.objects.get_or_create(name=name)
    group.page_permissions.all().delete()
    group.collection_permissions.all().delete()
    for permission in _permissions(EDITING, app="wagtailcore"):
        GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    files = [
        *_permissions(FILES, app="wagtailimages"),
        *_permissions(DOCUMENTS, app="wagtaildocs"),
    ]
    collection = Collection.get_first_root_node()
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection=collection, permission=permission)
        for permission in files
    )
    return group


def _permissions(codenames: Iterable[str], app: str = "") -> list[Permission]:
    found = Permission.objects.filter(codename__in=list(codenames))
    if app:
        return list(found.filter(content_type__app_label=app))
    return list(found.filter(content_type__app_label__in=("courses", "wagtailadmin")))
