"""Who may do what in the back office: pages by section, everything else by role.

Everybody who works on courses may add them; what exists may be changed only by its
own section. Wagtail's group permissions say what a role may do at all, the testers
below take away what belongs to somebody else.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission
from wagtail.models import PagePermissionTester as WagtailTester

from accounts.domain.sections import works_for

OFFICERS, ADMINISTRATORS = "担当者", "管理者"
# Given to named people besides their role: wishes tell of somebody's health or family.
SUPPORTERS = "保育・支援の担当"
# The same for birth dates, addresses and notes of staff in lists that leave.
EXPORTERS = "個人情報の出力"
OFFICER_PAGE_RIGHTS = ("add_page", "change_page", "publish_page")
ADMINISTRATOR_PAGE_RIGHTS = (*OFFICER_PAGE_RIGHTS, "lock_page", "unlock_page")
FILE_RIGHTS = ("add_image", "choose_image", "add_document", "choose_document")
ADMINISTRATOR_FILE_RIGHTS = (*FILE_RIGHTS, "change_image", "change_document")
# Models whose lists a role keeps; rows that are in use cannot be deleted by anybody.
OFFICER_LISTS = {"courses": ("venue", "room", "closingday", "instructor", "partner")}
OFFICER_SERIES = {"courses": ("series", "seriesunit")}
OFFICER_PATHS = {"learning_paths": ("path", "step")}
# Words are everybody's: officers add and mend them, administrators delete groups.
OFFICER_WORDS = {"cms": ("synonymgroup",)}
# For personnel: what the staff of all sections learned.
TRAINERS = "研修の記録の担当"
SUPPORT_LISTS = {"enrollments": ("supportrequest",)}
WORDINGS = {"enrollments": ("messagetemplate",)}
MISSED_WORDS = {"cms": ("searchmiss",)}
OFFICER_GROUPS = {"learning_paths": ("group", "learningrequest")}
ADMINISTRATOR_LISTS = {
    "accounts": ("user", "department", "staffprofile", "purposenotice"),
    "courses": (
        *OFFICER_LISTS["courses"],
        *OFFICER_SERIES["courses"],
        "stage",
        "theme",
        "competency",
        "audience",
    ),
    "learning_paths": ("group", "learningrequest", "path", "step"),
    "wagtailredirects": ("redirect",),
    "cms": (*OFFICER_WORDS["cms"], "publishingsettings"),
}


class SectionPageTester(WagtailTester):
    """No right at all on a page of another section, of a course or of a series."""

    def __init__(self, user: Any, page: Any) -> None:
        super().__init__(user, page)
        self.foreign = not works_for(user, page.section)
        if self.foreign:
            self.permissions = set()

    def can_edit(self) -> bool:
        """A moderator's task does not open another section's page either."""
        return not self.foreign and super().can_edit()

    def can_lock(self) -> bool:
        return not self.foreign and super().can_lock()

    def can_unlock(self) -> bool:
        return not self.foreign and super().can_unlock()


class CoursePageTester(SectionPageTester):
    """Pages of courses also need approval, where the city wants it."""

    def can_publish(self) -> bool:
        """Where the city wants approval, the section's heads and administrators."""
        from cms.approval import may_publish

        allowed = not self.foreign and super().can_publish()
        return allowed and may_publish(self.user, self.page.course)

    def can_unschedule(self) -> bool:
        """What is taken back needs nobody's approval."""
        return not self.foreign and super().can_publish()


class IndexPageTester(WagtailTester):
    """Rights given on the index are meant for the courses below it: they let officers
    add there, but neither change nor take down the index itself."""

    def __init__(self, user: Any, page: Any) -> None:
        super().__init__(user, page)
        if not hasattr(self, "permissions"):
            return
        from_above = {
            _action(given.permission)
            for given in self.permission_policy.get_cached_permissions_for_user(user)
            if page.path.startswith(given.page.path) and given.page_id != page.pk
        }
        self.permissions = from_above | (self.permissions & {"add"})


def set_up_roles() -> tuple[Group, Group]:
    """Make or bring up to date the two roles and the approval by heads; safe to run
    again."""
    from cms.approval_setup import set_up_approval
    from cms.models import HomePage

    officers, _made = Group.objects.get_or_create(name=OFFICERS)
    administrators, _made = Group.objects.get_or_create(name=ADMINISTRATORS)
    officers.permissions.set(
        Permission.objects.filter(
            _entry()
            | _on_lists(OFFICER_LISTS, ("add", "change", "view"))
            | _on_lists(OFFICER_SERIES, ("add", "change", "delete", "view"))
            | _on_lists(OFFICER_PATHS, ("add", "change", "view"))
            | _on_lists(OFFICER_GROUPS, ("change", "view"))
            | _on_lists(OFFICER_WORDS, ("add", "change", "view"))
            | _on_lists(MISSED_WORDS, ("delete", "view"))
        )
    )
    administrators.permissions.set(
        Permission.objects.filter(
            _entry()
            | _on_lists(ADMINISTRATOR_LISTS, ("add", "change", "delete", "view"))
            | _on_lists(MISSED_WORDS, ("delete", "view"))
            | _on_lists(WORDINGS, ("change", "view"))
        )
    )
    supporters, _made = Group.objects.get_or_create(name=SUPPORTERS)
    supporters.permissions.set(
        Permission.objects.filter(_on_lists(SUPPORT_LISTS, ("change", "view")))
    )
    exporters, _made = Group.objects.get_or_create(name=EXPORTERS)
    exporters.permissions.set(
        Permission.objects.filter(
            content_type__app_label="accounts", codename="export_sensitive"
        )
    )
    trainers, _made = Group.objects.get_or_create(name=TRAINERS)
    trainers.permissions.set(
        Permission.objects.filter(
            _entry() | Q(content_type__app_label="enrollments", codename="view_training")
        )
    )
    _give_page_rights(officers, _indexes_of_sections(), OFFICER_PAGE_RIGHTS)
    _give_page_rights(administrators, HomePage.objects.all(), ADMINISTRATOR_PAGE_RIGHTS)
    _give_file_rights(officers, FILE_RIGHTS)
    _give_file_rights(administrators, ADMINISTRATOR_FILE_RIGHTS)
    set_up_approval()
    return officers, administrators


def _action(permission: Permission) -> str:
    return permission.codename.rsplit("_", maxsplit=1)[0]


def _entry() -> Q:
    return Q(content_type__app_label="wagtailadmin", codename="access_admin")


def _on_lists(lists: dict[str, tuple[str, ...]], actions: Iterable[str]) -> Q:
    found = Q(pk__in=[])
    for app, models in lists.items():
        names = [f"{action}_{model}" for action in actions for model in models]
        found |= Q(content_type__app_label=app, codename__in=names)
    return found


def _indexes_of_sections() -> list[Any]:
    """Below these, pages belong to sections."""
    from cms.models import CatalogueIndexPage, JointSessionIndexPage, SeriesIndexPage

    kinds = (CatalogueIndexPage, JointSessionIndexPage, SeriesIndexPage)
    return [page for kind in kinds for page in kind.objects.all()]


def _give_page_rights(group: Group, pages: Iterable[Any], rights: Iterable[str]) -> None:
    """Exactly these, on these pages and everything below them."""
    wanted = Permission.objects.filter(
        content_type__app_label="wagtailcore",
        content_type__model="page",
        codename__in=rights,
    )
    places = list(pages)
    given = GroupPagePermission.objects.filter(group=group)
    given.exclude(page__in=places, permission__in=wanted).delete()
    for page in places:
        for right in wanted:
            GroupPagePermission.objects.get_or_create(
                group=group, page=page, permission=right
            )


def _give_file_rights(group: Group, rights: Iterable[str]) -> None:
    root = Collection.get_first_root_node()
    wanted = Permission.objects.filter(
        content_type__app_label__in=("wagtailimages", "wagtaildocs"), codename__in=rights
    )
    given = GroupCollectionPermission.objects.filter(group=group)
    given.exclude(collection=root, permission__in=wanted).delete()
    for right in wanted:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=right
        )
